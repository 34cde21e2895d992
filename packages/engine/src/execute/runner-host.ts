import type { Emit } from "../core/event.ts";
import type { Hold } from "../fingerprint/tool/hold.ts";
import type { OpenBaseTree } from "./base-tree.ts";
import type { EditTask } from "./edit-task.ts";
import type { Executor } from "./executor.ts";
import type { LateFiles } from "./late-files.ts";
import type { LookupHost } from "./look-up-task.ts";

/** What running tasks draws on. */
export interface RunnerHost extends LookupHost {
  readonly runId: string;
  /** The run's folder, from the repository root. */
  readonly runFolder: string;
  readonly engine: string;
  readonly executor: Executor;
  readonly late: LateFiles;
  readonly emit: Emit;
  /** The base's tree, for tasks that run commands there too; absent where the run cannot come to it. */
  readonly base?: OpenBaseTree;
  /** Holds each process of a task. */
  readonly hold?: Hold;
  /** Asks agents; absent where a run asks none. */
  readonly edit?: EditTask;
  readonly timeoutMs: number;
  readonly now: () => number;
  /** Aborted when the run is to stop. */
  readonly signal: AbortSignal;
}
