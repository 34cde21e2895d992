import type { Diagnostic } from "../core/diagnostic.ts";
import { isInside, type RepoPath } from "../core/path.ts";
import type { Result } from "../core/result.ts";
import { debtAfter, isSettled, NO_DEBT, type Debt } from "./debt.ts";
import { changedPaths, withSeen, type TreeState } from "./tree-state.ts";
import type { Waker } from "./waker.ts";

/** How a run ended, and what it has told of the tasks. */
export interface CycleEnd {
  /** The exit code of the run; null where it was ended by force. */
  readonly exitCode: number | null;
  /** What the tasks make or keep, files and folders: no change of it is one of an input. */
  readonly owned: readonly RepoPath[];
  /** The files that were there for it. */
  readonly seen: readonly RepoPath[];
}

/** How things stand when nothing is left to do. */
export interface Rest {
  /** How the last run ended. */
  readonly exitCode: number | null;
  /** Whether a run before it did not pass, and it was about something else. */
  readonly isOwed: boolean;
  /** How many files are looked at. */
  readonly files: number;
}

/** What the loop draws on. */
export interface LoopHost {
  /** Looks at the files; `before` is how they looked last. */
  readonly look: (before: TreeState) => Promise<Result<TreeState, Diagnostic>>;
  readonly waker: Pick<Waker, "touched" | "quiet">;
  /** Runs what these changes reach, or everything where there are none given. */
  readonly cycle: (changed: readonly RepoPath[] | undefined) => Promise<CycleEnd>;
  /** Told once whenever nothing is left to do until something happens. */
  readonly resting: (rest: Rest) => void;
  /** Runs follow each other without a rest, these files being what changed last: settles when the next may begin. */
  readonly putOff: (changed: readonly RepoPath[], delayMs: number) => Promise<void>;
  /** The files could not be looked at: settles when it is time to try again. */
  readonly refused: (why: Diagnostic) => Promise<void>;
  /** Whether everything is to be run, whatever changed; asked once for each time that it was wanted. */
  readonly wantsAll: () => boolean;
  readonly isStopped: () => boolean;
}

/** How many runs may follow each other before the next one is put off. */
const PATIENCE = 3;
const LONGEST_DELAY_MS = 30_000;

interface Standing {
  readonly before: TreeState;
  readonly end: CycleEnd | undefined;
  readonly debt: Debt;
  /** How many runs have followed each other. */
  readonly inARow: number;
}

/**
 * Runs everything, and from then on what changes reach. Whether something changed is told by the files, not by what woke
 * the loop: by how they look now beside how they looked before the last run began. So no change is lost, whatever happens
 * while a run goes on, and what happened then makes one further run. Ends when it is stopped.
 */
export async function watchLoop(host: LoopHost): Promise<void> {
  let standing: Standing = { before: new Map(), end: undefined, debt: NO_DEBT, inARow: 0 };
  let [isResting, wasPutOff] = [false, false];
  for (;;) {
    await host.waker.quiet();
    const now = host.isStopped() ? undefined : await host.look(standing.before);
    if (now === undefined || host.isStopped()) return;
    if (!now.ok) {
      await host.refused(now.error);
      continue;
    }
    const changed = reached(standing, now.value);
    if (changed.length > 0 && standing.inARow >= PATIENCE && !wasPutOff) {
      wasPutOff = true;
      await host.putOff(changed, Math.min(LONGEST_DELAY_MS, 1000 * 2 ** (standing.inARow - PATIENCE)));
      continue;
    }
    const isAll = host.wantsAll() || standing.end === undefined;
    if (changed.length > 0 || isAll) {
      standing = await runOnce(host, standing, { state: now.value, changed: isAll ? undefined : changed });
      [isResting, wasPutOff] = [false, false];
      continue;
    }
    if (!isResting) host.resting(restOf(standing, now.value));
    [isResting, wasPutOff] = [true, false];
    // Files that were fresh then need not be read again.
    standing = { ...standing, before: now.value, inARow: 0 };
    await host.waker.touched();
  }
}

async function runOnce(
  host: LoopHost,
  { end, debt, inARow }: Standing,
  { state, changed }: { readonly state: TreeState; readonly changed: readonly RepoPath[] | undefined },
): Promise<Standing> {
  // What the last run should have done is still to be done.
  const isUndone = end !== undefined && end.exitCode !== 0 && end.exitCode !== 1;
  const about = isUndone ? undefined : changed;
  const ended = await host.cycle(about);
  const passed = ended.exitCode === 0;
  const before = withSeen(state, ended.seen);
  return { before, end: ended, debt: debtAfter(debt, { changed: about, passed }), inARow: inARow + 1 };
}

function restOf({ end, debt }: Standing, now: TreeState): Rest {
  const exitCode = end?.exitCode ?? null;
  return { exitCode, isOwed: exitCode === 0 && !isSettled(debt), files: now.size };
}

function reached({ before, end }: Standing, now: TreeState): readonly RepoPath[] {
  const owned = end?.owned ?? [];
  return changedPaths(before, now).filter((path) => !owned.some((place) => isInside(place, path)));
}
