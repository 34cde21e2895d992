import type { RunAgents } from "./execute/edit-task.ts";
import type { Hold } from "./fingerprint/tool/hold.ts";
import type { Asked } from "./journal/journal-entry.ts";
import type { Resumable } from "./journal/resumable.ts";
import type { RunRecord } from "./journal/run-record.ts";
import type { FailureMode } from "./schedule/schedule.ts";
import type { KeptResults } from "./snapshot/kept-results.ts";
import type { Reporter } from "./report/reporter.ts";
import type { Judging } from "./base/judging.ts";
import type { PlanRequest } from "./plan.ts";

/** What to run and how. */
export interface RunRequest extends PlanRequest {
  readonly concurrency: number;
  /** MiB that all running tasks may take together, as their atoms estimate it. */
  readonly memoryMb: number;
  /** Whether a level of the graph starts only when the level before has ended. */
  readonly barrier: boolean;
  readonly mode: FailureMode;
  /** `off`: the cache is neither read nor written; `write`: everything runs, and results are kept. */
  readonly cacheMode: "on" | "off" | "write";
  /** Whether the logs of hits are told again. */
  readonly replayLogs: boolean;
  readonly timeoutMs: number;
  readonly version: string;
  readonly home: string;
  /** This Node, absolute. */
  readonly node: string;
  /** A clock in milliseconds that never goes back. */
  readonly now: () => number;
  readonly startedAt: Date;
  /** Aborted with the signal's name when the run is to stop. */
  readonly signal: AbortSignal;
  /** What stood on the command line, for who resumes the run; `null` where that cannot be kept. */
  readonly asked?: Asked | null;
  /** The run to go on with; with `force` what may have been done there already is done again. */
  readonly resume?: { readonly from: Resumable; readonly force: boolean };
  /** The whole command line and the settings that came from variables: a run of which all is known is remembered under it. */
  readonly command?: string;
  /** With `--affected`: the text under which the project graph is kept, where it may be. */
  readonly graph?: string;
  /** What the last run under this command tells of this one, where only inputs changed since. */
  readonly kept?: KeptResults;
  /** How it comes to its base, and who judges; without it no gate compares with the base's evidence. */
  readonly judging?: Judging;
  /** Holds each process of its tasks. What such a run makes goes into a cache of its own (`cacheDir`): it is not what others would. */
  readonly hold?: Hold;
  /** Asks agents for tasks of theirs; without it such a task is broken. */
  readonly agents?: RunAgents;
  /** Makes the reporters, once it is known where the run's record lies. */
  readonly reporters: (record: RunRecord) => readonly Reporter[];
}
