import { canonicalJson } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import { portableText } from "../core/portable-text.ts";
import type { Redactor } from "../redact/redact.ts";
import type { Outcome } from "../plugin/atom.ts";
import type { Task } from "../graph/task.ts";
import { digestJson, sha256 } from "../fingerprint/digest.ts";
import type { Digest } from "../fingerprint/record.ts";
import type { Cache } from "../cache/cache.ts";
import type { CacheRecord, RecordOutput } from "../cache/record.ts";
import { keptFingerprint } from "./kept-fingerprint.ts";
import type { Prepared } from "./prepare.ts";

/** A task that has run, as it is to be kept. */
export interface Finished {
  readonly task: Task;
  readonly prepared: Prepared;
  readonly outcome: Outcome;
  readonly outputs: readonly RecordOutput[];
  /** As it lies in the run's folder. */
  readonly log: Buffer;
  readonly durationMs: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly engine: string;
  /** Absolute, native separators: it is in nothing that is kept. */
  readonly root: string;
  readonly redactor: Redactor;
}

/** Above this, in bytes, a text has a blob of its own. */
export const INLINE_MAX = 2048;

/** What keeping a result gives. */
export interface StoredResult {
  readonly produced: { readonly evidence: Digest; readonly outputs: Digest };
  /** Absent where it could not be kept. */
  readonly record?: CacheRecord;
}

/** Keeps a result under its key. Gives what it produced, whether or not it could be kept. */
export function storeResult(finished: Finished, cache: Cache): StoredResult {
  const { task, prepared, outcome, outputs } = finished;
  const evidence = canonicalJson(outcome.evidence);
  const produced = { evidence: sha256(evidence), outputs: digestJson(stableOutputs(outputs)) };
  const kept = keptFingerprint(prepared.fingerprint, finished.redactor);
  const log = portableText(finished.root)(finished.log.toString("utf8"));
  const inline = { ...inlined("evidence", evidence), ...inlined("log", log) };
  const texts = [...kept.texts(), ...("evidence" in inline ? [] : [evidence]), ...("log" in inline ? [] : [log])];
  const record: CacheRecord = {
    v: 1,
    key: prepared.fingerprint.key,
    task: task.id,
    atom: task.atomId,
    found: [],
    status: "ok",
    fingerprint: kept.digest,
    evidence: produced.evidence,
    evidenceDigest: produced.evidence,
    log: sha256(log),
    inline,
    outputs,
    summary: outcome.summary,
    durationMs: finished.durationMs,
    storedAt: finished.at,
    engine: finished.engine,
  };
  const isKept = cache.store(
    record,
    texts.map((text) => Buffer.from(text)),
  );
  return isKept ? { produced, record } : { produced };
}

function inlined<N extends string>(name: N, text: string): { readonly [name in N]?: string } {
  return Buffer.byteLength(text) <= INLINE_MAX ? ({ [name]: text } as { readonly [name in N]?: string }) : {};
}

/** Outputs as the keys of later tasks see them: volatile ones count only for who reads their bytes. */
function stableOutputs(outputs: readonly RecordOutput[]): readonly (readonly [RepoPath, string, Digest])[] {
  return outputs.filter(({ volatile }) => volatile !== true).map(({ path, mode, blob }) => [path, mode, blob]);
}
