import { candidatesOf, type Candidate } from "./candidates.ts";
import { difference, type Reference } from "./compare.ts";
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

/** Runs of one task, and what is said of them. */
export interface Trial {
  readonly subject: Subject;
  /** Runs it with these beside what it declares. */
  readonly run: (candidates: readonly Candidate[]) => Promise<Observation>;
  readonly runWithAll: () => Promise<Observation>;
  readonly search: (first: Observation, wanted: Reference) => Promise<Verdict["missed"]>;
  /** What of the repository no run could see, as the end of a sentence. */
  readonly passedOver: () => string;
  readonly same: (run: Observation) => Verdict;
  readonly unverified: (reason: string) => Verdict;
  readonly mayAsk: () => boolean;
  readonly verdict: (found: Pick<Verdict, "verdict" | "missed" | "writes" | "reason">) => Verdict;
}

/** A trial of a task; its runs are counted, and their time. */
export function createTrial(subject: Subject, host: VerifyHost): Trial {
  const begin = host.now();
  let runs = 0;
  let candidates: ReturnType<typeof candidatesOf> | undefined;
  const all = (): NonNullable<typeof candidates> => (candidates ??= candidatesOf(subject, host));
  const mayAsk = (): boolean => runs < MOST_RUNS && host.now() - begin < LONGEST_MS && !host.signal.aborted;
  const run = (with_: readonly Candidate[]): Promise<Observation> => {
    runs += 1;
    host.progress(runs);
    return observe(subject, [...subject.declared, ...with_.map(({ path }) => path)], host);
  };
  const verdict: Trial["verdict"] = (found) => ({ ...found, variables: [], isolation: subject.isolation, runs });
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
        mayAsk,
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
    mayAsk,
    verdict,
  };
}
