import { byCodeUnit } from "../core/json.ts";
import { portableValue } from "../core/portable-text.ts";
import { sha256 } from "./digest.ts";
import type { Digest } from "./record.ts";

/** An environment: names and values, as a process has it. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Variables that every task gets and that are in no key: without them programs do not start, find nothing or print garbage. */
const PASSED: readonly string[] = [
  "PATH",
  "HOME",
  "USERPROFILE",
  "TMP",
  "TEMP",
  "TMPDIR",
  "USER",
  "LOGNAME",
  "SHELL",
  "LANG",
  "LANGUAGE",
  "LC_*",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "ALL_PROXY",
  "http_proxy",
  "https_proxy",
  "no_proxy",
  "all_proxy",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "NODE_EXTRA_CA_CERTS",
  "REQUESTS_CA_BUNDLE",
  "CURL_CA_BUNDLE",
  "PIP_CERT",
  "GIT_SSL_CAINFO",
  "SystemRoot",
  "SYSTEMROOT",
  "SystemDrive",
  "windir",
  "WINDIR",
  "ComSpec",
  "COMSPEC",
  "PATHEXT",
  "APPDATA",
  "LOCALAPPDATA",
  "ProgramData",
  "PROGRAMDATA",
  "ProgramFiles",
  "PROGRAMFILES",
  "ProgramFiles(x86)",
  "NUMBER_OF_PROCESSORS",
  "PROCESSOR_ARCHITECTURE",
  "OS",
];

/** What a task's process is given, and what of it is in the key. */
export interface TaskVariables {
  readonly given: Readonly<Record<string, string>>;
  readonly keyed: Readonly<Record<string, Digest | null>>;
  /** Names that the user's shell has and the task has not. */
  readonly withheld: readonly string[];
}

/** Where a task runs, as far as variables are concerned. */
export interface VariablesPlace {
  /** The repository's root: absolute, native separators. */
  readonly root: string;
  readonly platform: NodeJS.Platform;
}

/** Divides the same environment again and again; each list of declared names once. */
export function createDivider(
  environment: Variables,
  passed: readonly string[],
  place: VariablesPlace,
): (declared: readonly string[]) => TaskVariables {
  const known = new Map<string, TaskVariables>();
  return (declared) => {
    const key = declared.join("\0");
    const divided = known.get(key) ?? divideVariables(environment, declared, passed, place);
    known.set(key, divided);
    return divided;
  };
}

/**
 * Divides an environment by what an atom declares and the configuration passes. A name may end with `*`. On Windows names
 * are the same whatever their case, and are in the key in capitals. In the key the repository's root is `{root}`.
 */
export function divideVariables(
  environment: Variables,
  declared: readonly string[],
  passed: readonly string[],
  { root, platform }: VariablesPlace,
): TaskVariables {
  const keyName = platform === "win32" ? (name: string): string => name.toUpperCase() : (name: string): string => name;
  const isDeclared = nameMatcher(declared, keyName);
  const isPassed = nameMatcher([...PASSED, ...passed], keyName);
  const portable = portableValue(root, platform);
  const names = Object.keys(environment)
    .filter((name) => environment[name] !== undefined)
    .sort(byCodeUnit);
  // Not set one by one: what is set as `__proto__` is lost.
  const keyed: Readonly<Record<string, Digest | null>> = Object.fromEntries([
    ...declared.filter((name) => !name.endsWith("*")).map((name) => [keyName(name), null] as const),
    ...names.filter(isDeclared).map((name) => [keyName(name), sha256(portable(environment[name] ?? ""))] as const),
  ]);
  const given = names.filter((name) => isDeclared(name) || isPassed(name));
  return {
    given: Object.fromEntries(given.map((name) => [name, environment[name] ?? ""])),
    keyed,
    withheld: names.filter((name) => !isDeclared(name) && !isPassed(name)),
  };
}

function nameMatcher(patterns: readonly string[], keyName: (name: string) => string): (name: string) => boolean {
  const named = patterns.map(keyName);
  const exact = new Set(named.filter((pattern) => !pattern.endsWith("*")));
  const starts = named.filter((pattern) => pattern.endsWith("*")).map((pattern) => pattern.slice(0, -1));
  return (name) => exact.has(keyName(name)) || starts.some((start) => keyName(name).startsWith(start));
}
