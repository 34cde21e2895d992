import { join } from "node:path";
import { openLocks, type Lock } from "../../cache/lock.ts";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";

const LOCKS = ".symbiotic/in-place.locks";
const KEY = "in-place";

/** Lets one agent at a time work in a tree, and nobody judge or run it meanwhile; a process that died has let go. SYM5065 where one does. */
export function lockInPlace(root: string): Result<Lock, Diagnostic> {
  const lock = openLocks(join(root, LOCKS)).acquire(KEY);
  return lock.acquired ? ok(lock) : fail(atWork(lock.heldBy.pid));
}

function atWork(pid: number): Diagnostic {
  return errorOf("SYM5065", `an agent works in this tree (process ${String(pid)}): nobody has judged what it writes`, {
    hint: "wait for its end, or end it: then the tree is put back",
  });
}
