import type { RunEvent, RunFinished, RunStarted } from "../core/event.ts";
import type { RepoPath } from "../core/path.ts";
import type { TaskId } from "../core/task-id.ts";
import type { AskedTool } from "../execute/tool-finder.ts";
import type { Digest } from "../fingerprint/files/hash-file.ts";
import type { SeenTree } from "./look-at-tree.ts";
import type { EnvironmentCandidate } from "../plugin/tool.ts";

/**
 * What a run in which every task is known depends on, and what it tells. While all of it is as it was, the next run with
 * the same command line is known too, and nothing has to be opened, planned or looked up for it.
 * Why it has this shape: docs/decisions/0008-snapshot.md.
 */
export interface Snapshot extends SeenTree {
  /** The list of untracked files. */
  readonly untracked: Digest;
  /** The projects and what was read of them, which lie in a file of their own; absent where they are not kept. */
  readonly shape?: Digest;
  /** The folders that git leaves out when it lists them; present where the states of all others stand for that list, so that git need not be asked. */
  readonly ignored?: readonly RepoPath[] | undefined;
  /** That tasks ran: they may have written into folders, so that git is asked at once by who comes next. */
  readonly wrote?: true | undefined;
  /** The folders that this list is of, none where the states of folders tell as much; without them it is of the whole work tree. */
  readonly within?: readonly RepoPath[];
  readonly tools: readonly AskedTool[];
  /** The environments that the configuration names: a run fails where one is not there. */
  readonly environments: readonly EnvironmentCandidate[];
  /** The projects, for the search for tools. */
  readonly projects: readonly (readonly [root: string, name: string])[];
  /** The folder of the cache, and the records that were looked up in it. */
  readonly cache: string;
  /** The bounds that the configuration sets for the cache. */
  readonly limits: { readonly maxBytes?: number; readonly maxAgeMs?: number };
  readonly records: readonly (readonly [key: Digest, record: Digest, task: TaskId])[];
  readonly started: Omit<RunStarted, "startedAt" | "version" | "type">;
  readonly finished: Omit<RunFinished, "durationMs" | "directory" | "type">;
}

/** What the run tells between its first and its last event, in order. */
export type KeptEvents = readonly (readonly [event: RunEvent, task: TaskId | null])[];
