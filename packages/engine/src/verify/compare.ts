import { stripVTControlCharacters } from "node:util";
import { portableText } from "../core/portable-text.ts";
import type { RepoPath } from "../core/path.ts";
import type { CacheRecord } from "../cache/record.ts";
import { digestOf } from "../fingerprint/files/hash-file.ts";
import type { Observation } from "./observation.ts";

/** What of an outcome counts: what the tasks after it and its readers see. */
export interface Reference {
  readonly status: Observation["status"];
  /** A digest. */
  readonly evidence: string;
  readonly outputs: ReadonlyMap<RepoPath, string>;
  /** What it says that is the same each time; undefined where that does not count. */
  readonly words: string | undefined;
}

/** What a record holds, to compare runs with. `log`: its log, where that counts. */
export function recordedOutcome(record: CacheRecord, log: string | undefined): Reference {
  const outputs = record.outputs.map(({ path, mode, blob }) => [path, `${mode} ${blob}`] as const);
  return {
    status: record.status,
    evidence: record.evidenceDigest,
    outputs: new Map(outputs),
    words: log === undefined ? undefined : steadyWords(log),
  };
}

/** A run's outcome, to compare others with. */
export function outcomeOf({ status, evidence, outputs, words }: Observation): Reference {
  return { status, evidence: digestOf(evidence), outputs, words };
}

/** In what a run differs from the reference, in a few words; undefined where it does not. */
export function difference(reference: Reference, run: Observation): string | undefined {
  if (run.status !== reference.status) return `it is ${run.status} and not ${reference.status}`;
  if (digestOf(run.evidence) !== reference.evidence) return "what it found is different";
  const paths = [...new Set([...reference.outputs.keys(), ...run.outputs.keys()])];
  const path = paths.find((each) => reference.outputs.get(each) !== run.outputs.get(each));
  if (path !== undefined) return `${path.toWellFormed()} is different`;
  const isSaid = reference.words === undefined || run.words === undefined || reference.words === run.words;
  return isSaid ? undefined : "what it prints is different";
}

const DURATION = /\d+(?:[.,:]\d+)*(?= ?(?:[mµun]?s|m|min|sec(?:ond)?s?|minutes?)\b)/g;

/** A log without what differs from run to run: durations, colours, the order in which two streams are read, and the place of the tree. */
export function steadyWords(log: string, root?: string): string {
  const text = stripVTControlCharacters(root === undefined ? log : portableText(root)(log));
  return text.replace(DURATION, "…").split(/\r?\n/).sort().join("\n");
}
