import type { Evidence } from "../core/evidence.ts";
import type { TaskStatus } from "../core/status.ts";
import type { TaskId } from "../core/task-id.ts";
import type { StepFound } from "../plugin/workflow.ts";
import type { ProcessIdentity } from "../cache/process-identity.ts";
import type { Digest } from "../fingerprint/files/hash-file.ts";

/** A line of `journal.jsonl`: what a run was asked for, and of each task that it started when it began and how it ended. */
export type JournalEntry = RunEntry | PlanEntry | StartedEntry | EndedEntry | ResumedEntry;

/** What a run was asked for, as it stood on the command line: enough to ask for the same again. */
export interface Asked {
  /** The command, where it is another one than `run`. */
  readonly command?: string;
  readonly positionals: readonly string[];
  readonly flags: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly lists: Readonly<Record<string, readonly string[]>>;
  /** What stood behind `--`. */
  readonly rest: readonly string[];
}

/** The first line, written when the run begins. */
export interface RunEntry {
  readonly type: "run";
  /** The version of this format; a reader takes another one for no journal. */
  readonly v: 1;
  readonly run: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly engine: string;
  /** Whose run it is: while it lives, nobody else may go on with it. */
  readonly process: ProcessIdentity;
  /** `null` where it holds a secret, which is not kept, or where nobody asked by command line. */
  readonly asked: Asked | null;
  /** The run that this one goes on with. */
  readonly resumes?: string;
}

/** The tasks of the run, in the order of the graph. Written with the first task that starts. */
export interface PlanEntry {
  readonly type: "plan";
  readonly tasks: readonly TaskId[];
}

/** Kinds of task that are never done twice without being asked for. */
export type OnceKind = "edit" | "effect";

/** A task is about to begin: written before its process starts. */
export interface StartedEntry {
  readonly type: "started";
  readonly task: TaskId;
  readonly key: Digest;
  /** Present for a task that must not be done twice. */
  readonly once?: OnceKind;
}

/** A task has ended. */
export interface EndedEntry {
  readonly type: "ended";
  readonly task: TaskId;
  /** The key that it ran under. */
  readonly key: Digest;
  readonly status: TaskStatus;
  readonly durationMs: number;
  readonly summary: string;
  readonly advisory: boolean;
  /** What stands for its evidence and its outputs in the keys of the tasks after it. */
  readonly produced: { readonly evidence: Digest; readonly outputs: Digest };
  readonly once?: OnceKind;
  /** The evidence itself, where the cache does not keep it. */
  readonly evidence?: Evidence;
  /** What a step of a workflow found. */
  readonly found?: StepFound;
}

/** Another run has taken over what is left of this one. */
export interface ResumedEntry {
  readonly type: "resumed";
  /** The id of that run. */
  readonly by: string;
}
