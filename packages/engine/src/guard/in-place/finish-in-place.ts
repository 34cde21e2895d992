import { errorOf, warningOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { displacedIn, IN_PLACE } from "./in-place-folders.ts";
import { lockInPlace } from "./lock-in-place.ts";
import { putBack } from "./put-back.ts";
import { forgetSnapshot, readSnapshots, type TreeSnapshot } from "./tree-snapshot.ts";

/**
 * Puts back what an agent did in a tree whose process was killed before its change was judged, and says so. An error where one still
 * works there, or where the tree cannot be put back: then all contents are kept.
 */
export function finishInPlace(root: string): Result<readonly Diagnostic[], readonly Diagnostic[]> {
  const lock = lockInPlace(root);
  if (!lock.ok) return fail([lock.error]);
  try {
    const told: Diagnostic[] = [];
    for (const [id, snapshot] of readSnapshots(root)) {
      const ended = finishOne(root, id, snapshot);
      if (ended?.severity === "error") return fail([ended]);
      if (ended !== undefined) told.push(ended);
    }
    return ok(told);
  } finally {
    lock.value.release();
  }
}

function finishOne(
  root: string,
  id: string,
  snapshot: TreeSnapshot | "unreadable" | undefined,
): Diagnostic | undefined {
  if (snapshot === "unreadable") return notPutBack("what is kept of it cannot be read", id);
  if (snapshot === undefined) {
    forgetSnapshot(root, id);
    return undefined;
  }
  try {
    const moved = putBack(root, snapshot);
    return warningOf("SYM5066", "an agent worked in this tree when its process was killed: the tree is put back", {
      hint:
        moved.length === 0 ? "nothing of it was different" : `what lay there instead is kept in ${displacedIn(moved)}`,
    });
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown)) throw thrown;
    return notPutBack(thrown.message, id);
  }
}

/** What a file system that refuses means for a tree in which an agent worked. */
export function notPutBack(why: string, id: string): Diagnostic {
  return errorOf("SYM5067", `the tree in which an agent worked cannot be put back: ${why}`, {
    hint: `all contents lie in ${IN_PLACE}/${id}; when the reason is gone, the next command goes on with it`,
  });
}
