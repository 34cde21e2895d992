import { lstatSync, realpathSync } from "node:fs";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import type { Result } from "../core/result.ts";
import { isSamePath } from "./same-path.ts";
import { tryFiles } from "./try-files.ts";

/** What lies where a worktree is to be. */
export type Place = "nothing" | "folder" | "something else";

/** A folder only where no link is on the way to it. */
export function placeOf(path: string): Result<Place, Diagnostic> {
  return tryFiles(
    () => placeAt(path),
    (why) => inTheWay(path, why),
  );
}

/** The same; throws what the file system throws. */
export function placeAt(path: string): Place {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return "nothing";
  return stat.isDirectory() && isSamePath(realpathSync.native(path), path) ? "folder" : "something else";
}

/** That something lies where a worktree is to be made. */
export function inTheWay(path: string, why: string): Diagnostic {
  return errorOf("SYM7606", `${path} is in the way of a worktree: ${why}`, {
    hint: "it was not made by symbiotic and was not touched; move it away, or name another folder for worktrees",
  });
}
