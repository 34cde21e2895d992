import { byCodeUnit, canonicalJson } from "../core/json.ts";
import type { Digest, FileSet, FingerprintRecord } from "./record.ts";

/** One thing that differs between two fingerprints. Digests are whole; people see their beginnings. */
export interface Difference {
  readonly kind:
    | "file"
    | "variable"
    | "option"
    | "command"
    | "tool"
    | "plugin"
    | "dependency"
    | "format"
    | "facts"
    | "lock"
    | "platform";
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Two fingerprints compared. */
export interface FingerprintDiff {
  readonly differences: readonly Difference[];
  /** How many things are the same, by kind, for `unchanged: 212 files, 3 variables`. */
  readonly unchanged: { readonly files: number; readonly variables: number; readonly upstream: number };
}

/** Gives the text of a kept blob, if it is still there. */
export type ReadBlob = (digest: Digest) => string | undefined;

/** What changed from one fingerprint to the next. */
export function diffFingerprints(before: FingerprintRecord, after: FingerprintRecord, read: ReadBlob): FingerprintDiff {
  const files = diffFiles(before, after, read);
  const variables = diffMaps("variable", before.variables, after.variables);
  const upstream = diffMaps("dependency", upstreamMap(before), upstreamMap(after));
  const plain: Difference[] = [
    ...differs("format", "fingerprint format", String(before.v), String(after.v)),
    ...differs("format", "redaction rules", String(before.redaction), String(after.redaction)),
    ...differs("plugin", "plugin", pluginText(before), pluginText(after)),
    ...differs("option", "options", canonicalJson(before.options), canonicalJson(after.options)),
    ...differs("command", "command", commandText(before), commandText(after)),
    ...diffMaps("command", givenFiles(before), givenFiles(after)).differences,
    ...diffTool(before, after, read),
    ...differs("lock", "what its lockfiles resolve", before.resolved ?? null, after.resolved ?? null),
    ...differs("platform", "platform", canonicalJson(before.platform ?? null), canonicalJson(after.platform ?? null)),
  ];
  const all = [...files.differences, ...variables.differences, ...upstream.differences, ...plain];
  const facts =
    all.length === 0
      ? differs("facts", "what the plugin reads from the project's settings", before.facts, after.facts)
      : [];
  return {
    differences: [...all, ...facts],
    unchanged: { files: files.same, variables: variables.same, upstream: upstream.same },
  };
}

interface Compared {
  readonly differences: readonly Difference[];
  readonly same: number;
}

function differs(kind: Difference["kind"], name: string, before: string | null, after: string | null): Difference[] {
  return before === after ? [] : [{ kind, name, before, after }];
}

type Entries = Readonly<Record<string, string | null>>;

function diffMaps(kind: Difference["kind"], before: Entries, after: Entries): Compared {
  // A file may be called `constructor`, which every object has.
  const [left, right] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const names = [...new Set([...left.keys(), ...right.keys()])].sort(byCodeUnit);
  const differences = names.flatMap((name) => differs(kind, name, left.get(name) ?? null, right.get(name) ?? null));
  return { differences, same: names.length - differences.length };
}

function diffFiles(before: FingerprintRecord, after: FingerprintRecord, read: ReadBlob): Compared {
  const left = fileMap(before, read);
  const right = fileMap(after, read);
  if (left !== undefined && right !== undefined) return diffMaps("file", left, right);
  const sets = diffMaps("file", Object.fromEntries(before.files), Object.fromEntries(after.files));
  return { differences: sets.differences, same: 0 };
}

function fileMap(record: FingerprintRecord, read: ReadBlob): Entries | undefined {
  const all = new Map<string, string | null>();
  for (const [, set] of record.files) {
    const text = read(set);
    if (text === undefined) return undefined;
    for (const [path, mode, digest] of JSON.parse(text) as FileSet)
      all.set(path, digest === null ? null : `${digest}${mode === "100755" ? " executable" : ""}`);
  }
  return Object.fromEntries(all);
}

function diffTool(before: FingerprintRecord, after: FingerprintRecord, read: ReadBlob): Difference[] {
  const left = before.tool;
  const right = after.tool;
  if (canonicalJson(left) === canonicalJson(right)) return [];
  const parts = distributions(left?.identity, read);
  const others = distributions(right?.identity, read);
  const within = parts && others ? diffMaps("tool", parts, others).differences : [];
  const name = right?.name ?? left?.name ?? "tool";
  const versions = differs("tool", name, left?.version ?? null, right?.version ?? null).filter(
    () => !within.some((each) => each.name === name),
  );
  const all = [...versions, ...within];
  return all.length > 0
    ? all
    : [{ kind: "tool", name, before: left?.identity ?? null, after: right?.identity ?? null }];
}

/** The installed distributions that a Python tool's identity lists, and its interpreter. */
function distributions(identity: Digest | undefined, read: ReadBlob): Entries | undefined {
  const text = identity === undefined ? undefined : read(identity);
  if (text === undefined) return undefined;
  const parsed = JSON.parse(text) as {
    kind?: string;
    interpreter?: Readonly<Record<string, string>>;
    distributions?: readonly (readonly [string, string, string | null])[];
  };
  if (parsed.distributions === undefined) return undefined;
  const versions = new Map<string, string>(
    parsed.distributions.map(([name, version, record]) => [
      name,
      record === null ? version : `${version} (${record.slice(0, 8)})`,
    ]),
  );
  return {
    interpreter: parsed.interpreter === undefined ? null : Object.values(parsed.interpreter).join(" "),
    ...Object.fromEntries(versions),
  };
}

function upstreamMap(record: FingerprintRecord): Entries {
  return Object.fromEntries(
    record.upstream.map(([task, ...digests]) => [task, digests.map((digest) => digest.slice(0, 16)).join("/")]),
  );
}

function pluginText({ plugin }: FingerprintRecord): string {
  return plugin.kind === "package" ? `${plugin.name}@${plugin.version} ${plugin.integrity}` : plugin.digest;
}

function commandText({ command }: FingerprintRecord): string | null {
  return command === undefined ? null : canonicalJson({ ...command, files: undefined });
}

/** The files that the plugin gives its process. */
function givenFiles({ command }: FingerprintRecord): Entries {
  return Object.fromEntries(Object.entries(command?.files ?? {}).map(([name, digest]) => [`${GIVEN} ${name}`, digest]));
}

const GIVEN = "the plugin's file";
