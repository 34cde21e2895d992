import type { Diagnostic } from "../core/diagnostic.ts";
import type { AuditMark } from "../core/event.ts";
import type { Metric } from "../core/evidence.ts";
import type { RepoPath } from "../core/path.ts";
import type { Result } from "../core/result.ts";
import type { TaskId } from "../core/task-id.ts";
import type { Digest } from "../fingerprint/record.ts";
import type { AgentAsk } from "../plugin/agent-ask.ts";

/** A task that an agent does. */
export interface AskedTask {
  readonly id: TaskId;
  /** The id of the run. */
  readonly run: string;
  readonly ask: AgentAsk;
  /** Of all that the task depends on: what a pinned change is kept under. */
  readonly key: Digest;
  /** A change that is pinned may be applied again. */
  readonly mayReplay: boolean;
  /** Told what the agent does, a line each. */
  readonly line: (text: string) => void;
}

/** What came of it. */
export interface EditedTask {
  readonly status: "ok" | "failed";
  /** `2 files, $0.11`. */
  readonly summary: string;
  /** The files of the work tree that are different now. */
  readonly files: readonly RepoPath[];
  /** Nobody was asked: a change that is kept was applied again. */
  readonly isReplay: boolean;
  readonly metrics: readonly Metric[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The agents of a run. */
export interface RunAgents {
  readonly edit: EditTask;
  /** Closes what the run has in the audit log; undefined where no agent was asked. */
  close(): Promise<Result<AuditMark | undefined, Diagnostic>>;
}

/** Has an agent do a task. An error says why nobody could be asked. */
export type EditTask = (
  asked: AskedTask,
) => Promise<{ readonly edited: EditedTask } | { readonly problems: readonly Diagnostic[] }>;
