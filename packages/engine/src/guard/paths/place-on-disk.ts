import { lstatSync, type Stats } from "node:fs";
import { absolutePath, ancestors, parentOf, type RepoPath } from "../../core/path.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { errorCode } from "../../fingerprint/files/file-stat.ts";

/** Why a file may not be written in its place, or read from it. */
export type PlaceProblem = "a folder on the way is a link" | "a link" | "a hard link" | "no file" | "not to be read";

/**
 * Whether what lies at a path of a tree is a file of that tree alone, or nothing. A link on the way, one in its place and a
 * second name of the same file all lead to a file that the path does not name. What is true may change at once: ask
 * right before, and where nobody else writes.
 */
export function lookAtPlace(root: string, path: RepoPath): Result<"file" | "nothing", PlaceProblem> {
  for (const folder of ancestors(parentOf(path)).filter((each) => each !== ".")) {
    const found = stat(root, folder);
    if (found === "not to be read") return fail(found);
    if (found?.isSymbolicLink() === true) return fail("a folder on the way is a link");
  }
  const found = stat(root, path);
  if (found === undefined) return ok("nothing");
  if (found === "not to be read") return fail(found);
  if (found.isSymbolicLink()) return fail("a link");
  if (!found.isFile()) return fail("no file");
  return found.nlink > 1 ? fail("a hard link") : ok("file");
}

function stat(root: string, path: RepoPath): Stats | undefined | "not to be read" {
  try {
    return lstatSync(absolutePath(root, path), { throwIfNoEntry: false });
  } catch (error) {
    return errorCode(error) === "ENOTDIR" ? undefined : "not to be read";
  }
}
