import { canonicalJson } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import { portableText } from "../core/portable-text.ts";
import type { Redactor } from "../redact/redact.ts";
import type { Outcome } from "../plugin/contract.ts";
import type { Task } from "../graph/task.ts";
import { digestJson, sha256 } from "../fingerprint/digest.ts";
import type { Digest } from "../fingerprint/record.ts";
import type { Cache } from "../cache/cache.ts";
import type { RecordOutput } from "../cache/record.ts";
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

/** Keeps a result under its key. Gives what it produced, whether or not it could be kept. */
export function storeResult(finished: Finished, cache: Cache): { readonly evidence: Digest; readonly outputs: Digest } {
  const { task, prepared, outcome, outputs } = finished;
  const evidence = canonicalJson(outcome.evidence);
  const produced = { evidence: sha256(evidence), outputs: digestJson(stableOutputs(outputs)) };
  const kept = keptFingerprint(prepared.fingerprint, finished.redactor);
  const texts = kept.texts().map((text) => Buffer.from(text));
  const log = Buffer.from(portableText(finished.root)(finished.log.toString("utf8")));
  cache.store(
    {
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
      outputs,
      summary: outcome.summary,
      durationMs: finished.durationMs,
      storedAt: finished.at,
      engine: finished.engine,
    },
    [...texts, Buffer.from(evidence), log],
  );
  return produced;
}

/** Outputs as the keys of later tasks see them: volatile ones count only for who reads their bytes. */
function stableOutputs(outputs: readonly RecordOutput[]): readonly (readonly [RepoPath, string, Digest])[] {
  return outputs.filter(({ volatile }) => volatile !== true).map(({ path, mode, blob }) => [path, mode, blob]);
}
