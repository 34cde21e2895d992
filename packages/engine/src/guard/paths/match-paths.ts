import { parentOf, type RepoPath } from "../../core/path.ts";
import { matcher } from "../../workspace/match.ts";
import { foldText } from "./fold-text.ts";
import { readingsOf } from "./normalise-path.ts";

/** Whether a path, in any way in which it may be read and whatever its case, is meant by one of these globs or lies below it. */
export function isMeant(path: RepoPath, globs: readonly string[]): boolean {
  const readings = readingsOf(path);
  if (!readings.ok) return true;
  const matches = matcher(widened(globs));
  return readings.value.some((reading) => matches(foldText(reading)));
}

/** `folder/**` also means the folder: a file or a link in its place is as good. */
function widened(globs: readonly string[]): string[] {
  const folded = globs.map(foldText);
  return [...new Set(folded.flatMap((glob) => (glob.endsWith("/**") ? [glob, glob.slice(0, -3)] : [glob])))];
}

/** Where a link leads, from the root of the repository, as names; undefined where it leads out of it. Pure. */
export function linkTarget(path: RepoPath, target: string): RepoPath | undefined {
  if (target === "" || /^[/~]|[\\:\0]/.test(target)) return undefined;
  const names = parentOf(path) === "." ? [] : parentOf(path).split("/");
  for (const name of target.split("/")) {
    if (name === "" || name === ".") continue;
    if (name !== "..") names.push(name);
    else if (names.pop() === undefined) return undefined;
  }
  return names.length === 0 ? "." : names.join("/");
}
