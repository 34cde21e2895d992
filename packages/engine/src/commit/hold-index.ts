import {
  existsSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { isAlive, ownIdentity } from "../cache/process-identity.ts";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Repository } from "../workspace/git/repository.ts";

/** What the user's index was when it was looked at, and what it is to be. */
export interface IndexChange {
  readonly was: Buffer | undefined;
  readonly is: Buffer;
  /** The time that git is to compare files with, in seconds since 1970: when what it says of them was looked at. */
  readonly at: number;
}

/** The index, locked as git locks it. Let go of, it is as it was. */
export interface HeldIndex extends Disposable {
  /** Puts what it is to be in its place. */
  keep(): void;
}

/** The process that made it, and the commit that it is for. */
const OWN = /^symbiotic-index\.(\d+)\.(\d+)\.([0-9a-f]+)$/;

/**
 * Locks the index, if it is still what it was. The lock is there at once with all that the index is to be, and under a name that says
 * whose it is: whoever comes after a process that was killed can finish it.
 */
export function holdIndex(repository: Repository, change: IndexChange, commit: string): Result<HeldIndex, Diagnostic> {
  const { gitDir } = repository;
  const [index, lock] = [join(gitDir, "index"), join(gitDir, "index.lock")];
  const { pid, startTime } = ownIdentity();
  const own = join(gitDir, `symbiotic-index.${String(pid)}.${String(startTime)}.${commit}`);
  writeFileSync(own, change.is);
  utimesSync(own, change.at, change.at);
  try {
    linkSync(own, lock);
  } catch (error) {
    rmSync(own, { force: true });
    return fail(lockedError(repository, lock, error));
  }
  let isKept = false;
  const held: HeldIndex = {
    keep() {
      renameSync(lock, index);
      isKept = true;
    },
    [Symbol.dispose]() {
      if (!isKept) rmSync(lock, { force: true });
      rmSync(own, { force: true });
    },
  };
  if (isSame(readIndex(gitDir), change.was)) return ok(held);
  held[Symbol.dispose]();
  return fail(
    errorOf("SYM7312", `the index of ${repository.root} changed while a commit was made`, { hint: "try again" }),
  );
}

/** The user's index; nothing where there is none yet. */
export function readIndex(gitDir: string): Buffer | undefined {
  const file = join(gitDir, "index");
  return existsSync(file) ? readFileSync(file) : undefined;
}

/** Finishes what commits of processes that were killed left in a work tree: the index belongs to the commit, if the branch has it. */
export function finishCommits({ gitDir, head }: Repository): void {
  for (const name of readdirSync(gitDir)) {
    const [, pid, startTime, commit] = OWN.exec(name) ?? [];
    if (commit === undefined || isAlive({ pid: Number(pid), startTime: Number(startTime) })) continue;
    const [own, lock] = [join(gitDir, name), join(gitDir, "index.lock")];
    if (isOneFile(own, lock)) {
      if (head === commit) renameSync(lock, join(gitDir, "index"));
      else rmSync(lock);
    }
    rmSync(own, { force: true });
  }
}

function isOneFile(a: string, b: string): boolean {
  const [one, other] = [a, b].map((path) => lstatSync(path, { throwIfNoEntry: false, bigint: true }));
  return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev;
}

function isSame(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.equals(b);
}

function lockedError({ root }: Repository, path: string, error: unknown): Diagnostic {
  const isTaken = error instanceof Error && "code" in error && error.code === "EEXIST";
  const why = isTaken ? "another git is at work there" : String(error instanceof Error ? error.message : error);
  return errorOf("SYM7313", `the index of ${root} cannot be locked: ${why}`, {
    hint: isTaken
      ? `wait for it; if none is, remove ${path}`
      : "make the git directory writable, on a disk that has links",
  });
}
