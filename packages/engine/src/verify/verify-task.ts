import type { CacheRecord } from "../cache/record.ts";
import { candidatesOf, type Candidate } from "./candidates.ts";
import { difference, outcomeOf, recordedOutcome, type Reference } from "./compare.ts";
import { findMissed } from "./find-missed.ts";
import type { Observation } from "./observation.ts";
import { observe } from "./observe.ts";
import { reachesBack } from "./reaches-back.ts";
import type { Subject } from "./subject.ts";
import type { Verdict } from "./verdict.ts";
import type { VerifyHost } from "./verify-host.ts";

/** A task is run at most so often, and looked into for so long. */
const MOST_RUNS = 60;
const LONGEST_MS = 10 * 60 * 1000;

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
  const told = await compared({ trial, first, all, known });
  const changed = host.digests.verify(subject.prepared.fingerprint.paths());
  if (host.signal.aborted) return trial.unverified("it was interrupted");
  return changed.length === 0 || told.verdict === "same"
    ? told
    : trial.unverified(`${(changed[0] ?? "").toWellFormed()} changed meanwhile`);
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
  if (difference(wanted, first) === undefined) return trial.same(first);
  const steady = known !== undefined && difference(known, all) === undefined ? wanted : await steadyOutcome(trial, all);
  if (typeof steady === "string") return trial.unverified(`two runs on the same files differ: ${steady}`);
  if (difference(steady, first) === undefined) return trial.same(first);
  const missed = await trial.search(first, steady);
  return trial.verdict({ verdict: "missed", missed, writes: all.writes });
}

/** Why a run with all files says nothing of one with fewer: it did not end well either. */
function failedAnyway({ trial, all, known }: Omit<Compared, "first">): string | undefined {
  const isTold = all.status === "failed" && known === undefined && !isPlain(trial.subject);
  if (all.status === "ok" || isTold) return undefined;
  const place =
    trial.subject.isolation === "copied" ? "in a copy of the whole repository" : "with all files of the repository";
  return `it ${all.status === "failed" ? "fails" : "breaks"} ${place}, too: ${all.summary}${trial.passedOver()}`;
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

interface Trial {
  readonly subject: Subject;
  readonly run: (candidates: readonly Candidate[]) => Promise<Observation>;
  readonly runWithAll: () => Promise<Observation>;
  readonly search: (first: Observation, wanted: Reference) => Promise<Verdict["missed"]>;
  /** What of the repository no run could see, as the end of a sentence. */
  readonly passedOver: () => string;
  readonly same: (run: Observation) => Verdict;
  readonly unverified: (reason: string) => Verdict;
  readonly verdict: (found: Pick<Verdict, "verdict" | "missed" | "writes" | "reason">) => Verdict;
}

function createTrial(subject: Subject, host: VerifyHost): Trial {
  const begin = host.now();
  let runs = 0;
  let candidates: ReturnType<typeof candidatesOf> | undefined;
  const all = (): NonNullable<typeof candidates> => (candidates ??= candidatesOf(subject, host));
  const run = (with_: readonly Candidate[]): Promise<Observation> => {
    runs += 1;
    host.progress(runs);
    return observe(subject, [...subject.declared, ...with_.map(({ path }) => path)], host);
  };
  const verdict: Trial["verdict"] = (found) => ({ ...found, isolation: subject.isolation, runs });
  const unverified = (reason: string): Verdict => verdict({ verdict: "unverified", missed: [], writes: [], reason });
  return {
    subject,
    run,
    runWithAll: () => run(all().items),
    search: (first, wanted) =>
      findMissed({
        candidates: all().items,
        first,
        folder: subject.prepared.command?.cwd ?? subject.task.project.root,
        run,
        isSame: (each) => difference(wanted, each) === undefined,
        mayAsk: () => runs < MOST_RUNS && host.now() - begin < LONGEST_MS && !host.signal.aborted,
      }),
    passedOver: () => {
      const { passedOver } = all();
      return passedOver.length === 0 ? "" : `; too large to be copied: ${passedOver.join(", ")}`;
    },
    same: (each) => {
      const back = reachesBack(subject, each, host);
      if (back !== undefined) return { ...unverified(back), writes: each.writes };
      return verdict({ verdict: "same", missed: [], writes: each.writes });
    },
    unverified,
    verdict,
  };
}
