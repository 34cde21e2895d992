import type { RepoPath } from "../core/path.ts";
import type { Executor } from "../execute/executor.ts";
import type { Host } from "../fingerprint/tool/host.ts";
import type { Memo } from "../fingerprint/tool/memo.ts";
import type { FileDigests } from "../fingerprint/files/file-digests.ts";
import type { Variables } from "../fingerprint/variables.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Bubblewrap } from "../guard/sandbox/find-bubblewrap.ts";
import type { InstalledCopies } from "./installed-copies.ts";
import type { VerifyPlace } from "./place.ts";

/** What verifying draws on. */
export interface VerifyHost {
  /** Absolute, native separators. */
  readonly root: string;
  readonly workspace: Workspace;
  readonly executor: Executor;
  readonly digests: FileDigests;
  readonly environment: Variables;
  readonly tools: Host;
  /** This Node, absolute. */
  readonly node: string;
  readonly memo: Memo;
  readonly place: VerifyPlace;
  readonly bubblewrap: Bubblewrap;
  /** What is installed, for copied trees. */
  readonly installed: InstalledCopies;
  readonly timeoutMs: number;
  /** A clock in milliseconds that never goes back. */
  readonly now: () => number;
  /** Aborted when verifying is to stop. */
  readonly signal: AbortSignal;
  /** What git ignores; folders that it ignores wholly stand for all in them. */
  readonly ignored: () => readonly RepoPath[];
  /** Told before each run of a task: how many there were. */
  readonly progress: (runs: number) => void;
}
