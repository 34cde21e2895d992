import type { RunRecord } from "./journal/run-record.ts";
import type { FailureMode } from "./schedule/schedule.ts";
import type { Reporter } from "./report/reporter.ts";
import type { PlanRequest } from "./plan.ts";

/** What to run and how. */
export interface RunRequest extends PlanRequest {
  readonly concurrency: number;
  readonly mode: FailureMode;
  /** `off`: the cache is neither read nor written; `write`: everything runs, and results are kept. */
  readonly cacheMode: "on" | "off" | "write";
  readonly cacheDir?: string;
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
  /** Makes the reporters, once it is known where the run's record lies. */
  readonly reporters: (record: RunRecord) => readonly Reporter[];
}
