import type { RepoPath } from "../core/path.ts";
import type { CacheRecord } from "../cache/record.ts";
import { digestOf } from "../fingerprint/files/hash-file.ts";
import type { Observation } from "./observe.ts";

/** What of an outcome counts: what the tasks after it see. */
export interface Reference {
  readonly status: Observation["status"];
  readonly evidence: string;
  readonly outputs: ReadonlyMap<RepoPath, string>;
}

/** What a record holds, to compare runs with. */
export function recordedOutcome(record: CacheRecord): Reference {
  const outputs = record.outputs.map(({ path, mode, blob }) => [path, `${mode} ${blob}`] as const);
  return { status: record.status, evidence: record.evidenceDigest, outputs: new Map(outputs) };
}

/** A run's outcome, to compare others with. */
export function outcomeOf({ status, evidence, outputs }: Observation): Reference {
  return { status, evidence: digestOf(evidence), outputs };
}

/** In what a run differs from the reference, in a few words; undefined where it does not. */
export function difference(reference: Reference, run: Observation): string | undefined {
  if (run.status !== reference.status) return `it is ${run.status} and not ${reference.status}`;
  if (digestOf(run.evidence) !== reference.evidence) return "what it found is different";
  const paths = [...new Set([...reference.outputs.keys(), ...run.outputs.keys()])];
  const path = paths.find((each) => reference.outputs.get(each) !== run.outputs.get(each));
  return path === undefined ? undefined : `${path.toWellFormed()} is different`;
}
