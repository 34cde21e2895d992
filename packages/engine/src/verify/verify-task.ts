import type { CacheRecord } from "../cache/record.ts";
import { difference, outcomeOf, recordedOutcome, type Reference } from "./compare.ts";
import { lackedVariables, withVariables } from "./lacked-variables.ts";
import type { Observation } from "./observation.ts";
import type { Subject } from "./subject.ts";
import { createTrial, type Trial } from "./trial.ts";
import type { Verdict } from "./verdict.ts";
import type { VerifyHost } from "./verify-host.ts";

/** What is known of a task: a record, or the run in a tree with all files where there is none. */
export type Before =
  | { readonly record: CacheRecord; readonly log: string | undefined }
  | { readonly whole: Observation };

/**
 * Runs a task with nothing but what it declares and compares what it comes to with what it comes to with all files. Where they differ, what it misses is looked for. Nothing is kept.
 */
export async function verifyTask(subject: Subject, before: Before, host: VerifyHost): Promise<Verdict> {
  const trial = createTrial(subject, host);
  const first = await trial.run([]);
  const known =
    "record" in before ? recordedOutcome(before.record, isPlain(subject) ? before.log : undefined) : undefined;
  if (known !== undefined && difference(known, first) === undefined) return trial.same(first);
  const all = "whole" in before ? before.whole : await trial.runWithAll();
  const lacked = await lackedVariables(subject, all, { trial, host });
  const told =
    lacked.length === 0 ? await compared({ trial, first, all, known }) : await withThem(lacked, { subject, host });
  const changed = host.digests.verify(subject.prepared.fingerprint.paths());
  if (host.signal.aborted) return trial.unverified("it was interrupted");
  return changed.length === 0 || told.verdict === "same"
    ? told
    : trial.unverified(`${(changed[0] ?? "").toWellFormed()} changed meanwhile`);
}

/** What else a task misses that does not end well without these variables. */
async function withThem(
  variables: readonly string[],
  { subject, host }: { readonly subject: Subject; readonly host: VerifyHost },
): Promise<Verdict> {
  const trial = createTrial(withVariables(subject, variables, host), host);
  const [first, all] = [await trial.run([]), await trial.runWithAll()];
  const { missed, writes, runs } = await compared({ trial, first, all, known: undefined });
  return { ...trial.verdict({ verdict: "missed", missed, writes }), variables, runs };
}

interface Compared {
  readonly trial: Trial;
  /** The run with what is declared. */
  readonly first: Observation;
  /** The run with all files. */
  readonly all: Observation;
  readonly known: Reference | undefined;
}

async function compared({ trial, first, all, known }: Compared): Promise<Verdict> {
  const failed = failedAnyway({ trial, all, known });
  if (failed !== undefined) return trial.unverified(failed);
  const wanted = outcomeOf(all);
  if (difference(wanted, first) === undefined) return againstRecord({ trial, first, all, known });
  const steady = known !== undefined && difference(known, all) === undefined ? wanted : await steadyOutcome(trial, all);
  if (typeof steady === "string") return trial.unverified(`two runs on the same files differ: ${steady}`);
  if (difference(steady, first) === undefined) return trial.same(first);
  const missed = await trial.search(first, steady);
  return trial.verdict({ verdict: "missed", missed, writes: all.writes });
}

/** A result that was kept and that no run here comes to depends on something else than files; in a copy also on where that lies. */
async function againstRecord({ trial, first, all, known }: Compared): Promise<Verdict> {
  if (known === undefined || trial.subject.isolation === "copied") return trial.same(first);
  const kept = { ...known, words: undefined };
  const found = difference(kept, all);
  if (found === undefined || typeof (await steadyOutcome(trial, all)) === "string") return trial.same(first);
  return trial.unverified(
    `it comes to something else than what is kept of it, with all files of the repository, too: ${found}; it may depend on git's own state, on the machine, or on the time`,
  );
}

/** Why a run with all files says nothing of one with fewer: it did not end well either. */
function failedAnyway({ trial, all, known }: Omit<Compared, "first">): string | undefined {
  const isTold = all.status === "failed" && known === undefined && !isPlain(trial.subject);
  if (all.status === "ok" || isTold) return undefined;
  const place =
    trial.subject.isolation === "copied" ? "in a copy of the whole repository" : "with all files of the repository";
  return `it ${all.status === "failed" ? "fails" : "breaks"} ${place}, too: ${all.summary}${readOnly(all)}${trial.passedOver()}`;
}

function readOnly({ log }: Observation): string {
  return /EROFS|Read-only file system/i.test(log)
    ? "; it writes to what is installed, which it may only read here"
    : "";
}

/** What two runs with all files have in common; in what they differ where that counts. */
async function steadyOutcome(trial: Trial, all: Observation): Promise<Reference | string> {
  const [wanted, again] = [outcomeOf(all), await trial.runWithAll()];
  const silent = { ...wanted, words: undefined };
  return difference(silent, again) ?? (difference(wanted, again) === undefined ? wanted : silent);
}

/** Whether its exit code and its output are all that it tells. */
function isPlain({ task: { atom } }: Subject): boolean {
  return "command" in atom && atom.parse === undefined;
}
