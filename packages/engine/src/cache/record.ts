import type { JsonValue } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import type { TaskId } from "../core/task-id.ts";
import type { FileMode } from "../fingerprint/files/file-stat.ts";
import type { Digest } from "../fingerprint/files/hash-file.ts";

/**
 * Something that a result depends on and that only running it showed. `digest: null` stands for what was looked for and
 * was not there.
 */
export type FoundDependency =
  | { readonly kind: "file"; readonly path: RepoPath; readonly digest: Digest | null }
  | { readonly kind: "absent"; readonly path: RepoPath }
  /** The names in a folder. */
  | { readonly kind: "listing"; readonly path: RepoPath; readonly digest: Digest }
  | { readonly kind: "variable"; readonly name: string; readonly digest: Digest | null }
  /** What one part of a task stands on: the digest of its record, of which only the plugin knows what it means. */
  | { readonly kind: "body"; readonly path: RepoPath; readonly name: string; readonly digest: Digest | null };

/** A file that a task made. */
export interface RecordOutput {
  readonly path: RepoPath;
  readonly mode: FileMode;
  /** In bytes. */
  readonly size: number;
  /** The blob that holds its bytes; for a link, its text. */
  readonly blob: Digest;
  /** It has times or the like in it: it is in the key only of who reads its bytes. */
  readonly volatile?: true;
}

/** What the cache holds under a key. Only results with status `ok` become one. */
export interface CacheRecord {
  /** The version of this format; a reader takes another one for a miss. */
  readonly v: 1;
  /** The sha256 of the fingerprint: of all that is known before the task runs. */
  readonly key: Digest;
  readonly task: TaskId;
  /** The id of the atom. */
  readonly atom: string;
  readonly found: readonly FoundDependency[];
  readonly status: "ok";
  /** The blob with the fingerprint's canonical text, for `why`. */
  readonly fingerprint: Digest;
  /** The digest of the evidence's canonical text: of a blob, unless the text is inline. */
  readonly evidence: Digest;
  /** What stands for the evidence in the keys of tasks that depend on this one. */
  readonly evidenceDigest: Digest;
  /** The digest of the log, redacted and relative to the root: of a blob, unless it is inline. */
  readonly log: Digest | null;
  /** Short texts that have no blob: most evidence and most logs are shorter than what a file of their own costs. */
  readonly inline?: { readonly evidence?: string; readonly log?: string };
  readonly outputs: readonly RecordOutput[];
  /** A few words for people: `2 findings`. */
  readonly summary: string;
  /** How long the run that made it took. */
  readonly durationMs: number;
  /** Milliseconds since 1970. */
  readonly storedAt: number;
  /** The version of the engine that made it. */
  readonly engine: string;
  /** The batch that it was made in: its id, and how many tasks it had. */
  readonly batch?: { readonly id: string; readonly members: number };
  /** An agent's reply that stands for asking the agent again. */
  readonly pinned?: { readonly reply: Digest };
  /** An output holds the absolute path of the work tree, so it is right only there. */
  readonly pathBound?: true;
}

const DIGEST = /^[0-9a-f]{64}$/;
const MODES: readonly unknown[] = ["100644", "100755", "120000"] satisfies FileMode[];

/** Whether this is a digest: 64 lower-case hexadecimal digits. */
export function isDigest(value: unknown): value is Digest {
  return typeof value === "string" && DIGEST.test(value);
}

/**
 * Whether a value read from the store is a record that this engine understands in every part. The digits of its digests
 * are not looked at, which keeps a hit cheap: whoever makes a path of one does that.
 */
export function isCacheRecord(value: unknown): value is CacheRecord {
  if (!isObject(value) || value["v"] !== 1 || value["status"] !== "ok") return false;
  return (
    [value["key"], value["fingerprint"], value["evidence"], value["evidenceDigest"]].every(hasDigestShape) &&
    [value["task"], value["atom"], value["summary"], value["engine"]].every(isString) &&
    [value["durationMs"], value["storedAt"]].every(isNumber) &&
    isDigestOrNull(value["log"]) &&
    isList(value["found"], isFoundDependency) &&
    isList(value["outputs"], isRecordOutput) &&
    hasKnownExtras(value)
  );
}

/** Whether it is the record of a part of a task, and not of a task: no look-up of a task gives it. */
export function isPartRecord({ found }: CacheRecord): boolean {
  return found.some(({ kind }) => kind === "body");
}

/** The digests of all blobs that a record needs. */
export function blobsOf(record: CacheRecord): readonly Digest[] {
  const outputs = record.outputs.map(({ blob }) => blob);
  const { inline, log, evidence } = record;
  const more = [
    inline?.evidence === undefined ? evidence : undefined,
    inline?.log === undefined ? log : undefined,
    record.pinned?.reply,
  ].filter((digest) => typeof digest === "string");
  return [record.fingerprint, ...more, ...outputs];
}

function hasKnownExtras(value: Json): boolean {
  const { batch, pinned, pathBound, inline } = value;
  return (
    (inline === undefined || (isObject(inline) && Object.values(inline).every(isString))) &&
    (batch === undefined || (isObject(batch) && isString(batch["id"]) && isNumber(batch["members"]))) &&
    (pinned === undefined || (isObject(pinned) && hasDigestShape(pinned["reply"]))) &&
    (pathBound === undefined || pathBound === true)
  );
}

function isFoundDependency(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { kind, path, name, digest } = value;
  if (kind === "variable") return isString(name) && isDigestOrNull(digest);
  if (!isString(path)) return false;
  if (kind === "file") return isDigestOrNull(digest);
  if (kind === "body") return isString(name) && isDigestOrNull(digest);
  return kind === "absent" || (kind === "listing" && hasDigestShape(digest));
}

function isRecordOutput(value: unknown): boolean {
  if (!isObject(value)) return false;
  const isKnown = value["volatile"] === undefined || value["volatile"] === true;
  const isWhole = isString(value["path"]) && isNumber(value["size"]) && hasDigestShape(value["blob"]);
  return isKnown && isWhole && MODES.includes(value["mode"]);
}

type Json = { readonly [key: string]: JsonValue | undefined };

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function hasDigestShape(value: unknown): boolean {
  return typeof value === "string" && value.length === 64;
}

function isDigestOrNull(value: unknown): boolean {
  return value === null || hasDigestShape(value);
}

function isList(value: unknown, check: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(check);
}
