import type { Diagnostic } from "../core/diagnostic.ts";
import type { TaskFinished } from "../core/event.ts";
import type { RepoPath } from "../core/path.ts";
import type { CacheState, TaskStatus } from "../core/status.ts";

/** How a task ended, for whoever tells of a run when it is over. */
export interface TaskEnd {
  /** `null` where it did not come to its end. */
  readonly status: TaskStatus | null;
  readonly cache: CacheState | null;
  /** Its result is that of the run that was gone on with. */
  readonly resumed: boolean;
  /** How often it was tried. */
  readonly attempts: number;
  /** It ended well, and on the same inputs it did not. */
  readonly flaky: boolean;
  readonly durationMs: number;
  readonly savedMs: number;
  readonly summary: string;
  /** Why it was skipped, failed or broke. */
  readonly reason: string | null;
  /** Why it ran rather than being served from the cache. */
  readonly missed: string | null;
  /** Its log, from the repository root. */
  readonly log: RepoPath | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** The end of a task as its event tells it; undefined for one that did not come to its end. */
export function taskEnd(finished: TaskFinished | undefined): TaskEnd {
  return {
    status: finished?.status ?? null,
    cache: finished?.cache ?? null,
    resumed: finished?.resumed ?? false,
    attempts: finished?.attempts ?? 1,
    flaky: finished?.flaky ?? false,
    durationMs: finished?.durationMs ?? 0,
    savedMs: finished?.savedMs ?? 0,
    summary: finished?.summary ?? "",
    reason: finished?.reason ?? null,
    missed: finished?.missed ?? null,
    log: finished?.log ?? null,
    diagnostics: finished?.diagnostics ?? [],
  };
}
