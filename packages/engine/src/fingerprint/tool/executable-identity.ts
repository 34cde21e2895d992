import { spawnSync } from "node:child_process";
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { digestOf, hashFile } from "../files/hash-file.ts";
import { behind } from "./hold.ts";
import { findOnPath, isProgram, readIfThere, WINDOWS, type Host } from "./host.ts";
import type { ToolIdentity } from "./identity.ts";
import { stampOfSelection } from "./interpreter.ts";
import { readText, realPath, recall, stampOf } from "./memo.ts";
import { pythonIdentity } from "./python-identity.ts";
import type { Survey } from "./survey.ts";

/** A program to know. */
export interface Program {
  readonly name: string;
  /** Absolute; links are followed. */
  readonly path: string;
  /** The arguments with which it says its version. */
  readonly version: readonly string[];
}

/**
 * A program's identity: of a binary its bytes, of a Python console script its environment and its text, of another
 * script its text; with the version it says. Nothing where it does not run. Remembered while its file looks untouched.
 */
export function executableIdentity(program: Program, survey: Survey): ToolIdentity | undefined {
  const { name } = program;
  const path = realPath(program.path);
  const version = path === undefined ? undefined : versionOf(program, path, survey);
  if (path === undefined || version === undefined) return undefined;
  const text = scriptText(path);
  if (text === undefined) return { kind: "executable", name, version, sha256: fileDigest(path, survey) };
  const { interpreter, body } = splitScript(text);
  const script = digestOf(portable(body, survey.host));
  const python = interpreter === undefined ? undefined : pythonOf(interpreter, survey);
  return python ? { kind: "python", name, version, ...python, script } : { kind: "script", name, version, script };
}

/** The sha256 of a file's bytes, remembered while it looks untouched. */
export function fileDigest(path: string, { memo, host }: Survey): string {
  const stamp = stampOf(path) ?? "";
  const learn = (): string => host.hashed?.digestOf(path, stamp) ?? hashFile(path, statSync(path).size);
  return recall(memo, { key: `bytes:${path}`, stamp, read: readText, learn }) ?? learn();
}

function versionOf({ path, version }: Program, real: string, { host, memo }: Survey): string | undefined {
  const own = stampOf(real) ?? "";
  const key = JSON.stringify(["version", path, version]);
  // What a script starts may depend on more than its text: on what a version manager was told.
  const stamp = scriptText(real) === undefined ? own : JSON.stringify([own, stampOfSelection(host)]);
  return recall(memo, { key, stamp, read: readText, learn: () => askVersion(path, version, host) });
}

function askVersion(path: string, args: readonly string[], host: Host): string | undefined {
  const held = host.hold?.({ programs: [path], writes: [] });
  const [program, ...words] = behind(held, [path, ...args], { cwd: host.root });
  const done = spawnSync(program, words, {
    cwd: host.root,
    env: host.env,
    encoding: "utf8",
    timeout: 30_000,
    windowsHide: true,
    shell: WINDOWS && /\.(?:bat|cmd)$/i.test(path),
  });
  if (done.status !== 0) return undefined;
  const text = `${done.stdout}\n${done.stderr}`;
  return /\d+(?:\.\d+)+[^\s,()]*/.exec(text)?.[0] ?? text.trim().split("\n")[0] ?? "";
}

/** The whole text of a file that begins with `#!`. */
function scriptText(path: string): string | undefined {
  const head = Buffer.alloc(2);
  const file = openSync(path, "r");
  try {
    readSync(file, head, 0, 2, 0);
  } finally {
    closeSync(file);
  }
  return head.toString("latin1") === "#!" ? readIfThere(path) : undefined;
}

/** The interpreter that a script names, in both ways that installers write it, and the rest of the text. */
function splitScript(text: string): { readonly interpreter: string | undefined; readonly body: string } {
  const [first = "", ...rest] = text.split(/\r?\n/);
  // A path too long for the first line is handed to a shell, in a line that Python takes for a string.
  const long = /^'''exec' (?:"([^"]+)"|(\S+)) "\$0" "\$@"$/.exec(rest[0] ?? "");
  if (/^#!\s*\/bin\/sh\s*$/.test(first) && long) {
    return { interpreter: long[1] ?? long[2], body: rest.slice(2).join("\n") };
  }
  const [program = "", argument] = first.slice(2).trim().split(/\s+/);
  const named = /(?:^|[/\\])env$/.test(program) ? argument : program;
  const isPython = named !== undefined && /(?:^|[/\\])(?:python|pypy)[\d.]*(?:\.exe)?$/.test(named);
  return { interpreter: isPython ? named : undefined, body: isPython ? rest.join("\n") : text };
}

function pythonOf(interpreter: string, survey: Survey): ReturnType<typeof pythonIdentity> | undefined {
  const python = /[/\\]/.test(interpreter) ? interpreter : findOnPath(survey.host, interpreter);
  if (python === undefined || !isProgram(python)) return undefined;
  const binDirectory = dirname(python);
  const directory = interpreter === python ? dirname(binDirectory) : null;
  const surveyed = survey.environment({ directory, python, binDirectory, origin: "a script" });
  return surveyed && pythonIdentity(surveyed);
}

/** Wrappers name the folder they were made in; another user's must have the same digest. */
function portable(text: string, { root, home }: Host): string {
  return text.replaceAll(root, "{root}").replaceAll(home, "{home}");
}
