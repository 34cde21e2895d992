import type { Diagnostic } from "../core/diagnostic.ts";
import { isInside, type RepoPath } from "../core/path.ts";
import type { Result } from "../core/result.ts";
import { changedPaths, type TreeState } from "./tree-state.ts";
import type { Waker } from "./waker.ts";

/** How a cycle ended, and what its tasks have told. */
export interface CycleEnd {
  /** The exit code of the run; null where it was ended by force. */
  readonly exitCode: number | null;
  /** What the tasks make or keep, files and folders: no change of it is one of an input. */
  readonly owned: readonly RepoPath[];
}

/** What the loop draws on. */
export interface LoopHost {
  readonly look: () => Promise<Result<TreeState, Diagnostic>>;
  readonly waker: Pick<Waker, "touched" | "quiet">;
  /** Runs what these changes reach, or everything where there are none given. */
  readonly cycle: (changed: readonly RepoPath[] | undefined) => Promise<CycleEnd>;
  /** Nothing is left to do until something happens: how the last run ended, and how many files are looked at. */
  readonly waiting: (exitCode: number | null, files: number) => void;
  /** Runs follow each other because they change these files themselves, and the next is put off. */
  readonly putOff: (changed: readonly RepoPath[], delayMs: number) => Promise<void>;
  /** Whether everything is to be run, whatever changed; asked once for each time that it was wanted. */
  readonly wantsAll: () => boolean;
  readonly isStopped: () => boolean;
}

const LONGEST_DELAY_MS = 30_000;
const PATIENCE = 3;

/**
 * Runs everything, and from then on what changes reach. Whether something changed is told by the files, not by what woke
 * the loop: by how they look now beside how they looked before the last run began. So no change is lost, whatever happens
 * while a run goes on, and what happened then makes one further run. Ends when it is stopped.
 */
export async function watchLoop(host: LoopHost): Promise<void> {
  let before: TreeState = new Map();
  let end: CycleEnd | undefined;
  let inARow = 0;
  while (!host.isStopped()) {
    await host.waker.quiet();
    let now = await host.look();
    if (now.ok && inARow >= PATIENCE && reached(before, now.value, end).length > 0) {
      await host.putOff(reached(before, now.value, end), Math.min(LONGEST_DELAY_MS, 1000 * 2 ** (inARow - PATIENCE)));
      now = await host.look();
    }
    if (host.isStopped()) return;
    const isAll = host.wantsAll() || end === undefined;
    const changed = now.ok ? reached(before, now.value, end) : [];
    // Where git is in the middle of something it will touch files again.
    if (!now.ok || (changed.length === 0 && !isAll)) {
      inARow = 0;
      if (now.ok) host.waiting(end?.exitCode ?? null, now.value.size);
      await host.waker.touched();
      continue;
    }
    inARow += 1;
    before = now.value;
    end = await host.cycle(isAll || isUnfinished(end) ? undefined : changed);
  }
}

function reached(before: TreeState, now: TreeState, end: CycleEnd | undefined): readonly RepoPath[] {
  const owned = end?.owned ?? [];
  return changedPaths(before, now).filter((path) => !owned.some((place) => isInside(place, path)));
}

/** What such a run should have done is still to be done. */
function isUnfinished(end: CycleEnd | undefined): boolean {
  return end?.exitCode !== 0 && end?.exitCode !== 1;
}
