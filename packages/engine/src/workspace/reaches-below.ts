import picomatch from "picomatch";
import { isInside, relativeTo, type RepoPath } from "../core/path.ts";

/** Whether some file below a folder could be meant by these globs, which are relative to `root`. It may say yes too often. */
export function reachesBelow(root: RepoPath, globs: readonly string[]): (folder: RepoPath) => boolean {
  const wanted = globs.filter((glob) => !glob.startsWith("!"));
  const unwanted = globs.filter((glob) => glob.startsWith("!") && glob.endsWith("/**")).map((glob) => glob.slice(1));
  const isOut = unwanted.length === 0 ? () => false : picomatch(unwanted, { dot: true, windows: false, flags: "s" });
  return (folder) => {
    if (!isInside(root, folder) || folder === root) return isInside(folder, root);
    const below = relativeTo(root, folder);
    return wanted.some((glob) => couldMeet(glob, below)) && !isOut(`${below}/_`);
  };
}

function couldMeet(glob: string, folder: string): boolean {
  // A slash within brackets makes the names of the glob hard to tell apart.
  if (/[({[][^)}\]]*\//.test(glob)) return true;
  const patterns = glob.split("/");
  for (const name of folder.split("/")) {
    const pattern = patterns.shift();
    if (pattern === undefined) return false;
    if (pattern.includes("**")) return true;
    if (!picomatch.isMatch(name, pattern, { dot: true, windows: false })) return false;
  }
  return patterns.length > 0;
}
