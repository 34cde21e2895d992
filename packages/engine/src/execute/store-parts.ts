import { canonicalJson } from "../core/json.ts";
import type { Cache } from "../cache/cache.ts";
import type { CacheRecord } from "../cache/record.ts";
import { sha256 } from "../fingerprint/digest.ts";
import { partBase, partKeys } from "../fingerprint/part-base.ts";
import type { Digest } from "../fingerprint/record.ts";
import type { Task } from "../graph/task.ts";
import type { PartRecord } from "../plugin/parts.ts";
import type { Redactor } from "../redact/redact.ts";
import { keptPartBase } from "./kept-fingerprint.ts";
import type { Prepared } from "./prepare.ts";
import { keptText } from "./replay.ts";
import { INLINE_MAX } from "./store-result.ts";

/** The parts of a task that has run, as they are to be kept. */
export interface FinishedParts {
  readonly task: Task;
  readonly prepared: Prepared;
  /** Redacted. */
  readonly parts: readonly PartRecord[];
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly engine: string;
  readonly redactor: Redactor;
}

/** Keeps the record of each part under the part's key, unless the newest one there is the same. */
export function storeParts({ task, prepared, parts, at, engine, redactor }: FinishedParts, cache: Cache): void {
  const base = partBase(prepared.fingerprint.record, task);
  const keyOf = partKeys(base);
  const stand = keptPartBase(base, redactor);
  const more = { task, stand: { text: stand, digest: sha256(stand) }, at, engine };
  for (const part of parts) {
    const key = keyOf(part.name);
    const text = canonicalJson(part.record);
    const [newest] = cache.candidates(key);
    // Read, not only named: one whose text is damaged would else stay so.
    if (newest !== undefined && keptText(newest, "evidence", cache) === text) continue;
    const { record, texts } = recordOf({ name: part.name, text, key }, more);
    cache.store(
      record,
      texts.map((each) => Buffer.from(each)),
    );
  }
}

interface Part {
  readonly name: string;
  readonly text: string;
  readonly key: Digest;
}

interface Common extends Pick<FinishedParts, "task" | "at" | "engine"> {
  /** What all parts stand on. */
  readonly stand: { readonly text: string; readonly digest: Digest };
}

function recordOf(
  { name, text, key }: Part,
  { task, stand, at, engine }: Common,
): { readonly record: CacheRecord; readonly texts: readonly string[] } {
  const digest = sha256(text);
  const isInline = Buffer.byteLength(text) <= INLINE_MAX;
  const record: CacheRecord = {
    v: 1,
    key,
    task: task.id,
    atom: task.atomId,
    // No task is ever served it, and those of one part that differ stay beside each other.
    found: [{ kind: "body", path: task.project.root, name, digest }],
    status: "ok",
    fingerprint: stand.digest,
    evidence: digest,
    evidenceDigest: digest,
    log: null,
    ...(isInline ? { inline: { evidence: text } } : {}),
    outputs: [],
    summary: `part ${name}`,
    durationMs: 0,
    storedAt: at,
    engine,
  };
  return { record, texts: isInline ? [stand.text] : [stand.text, text] };
}
