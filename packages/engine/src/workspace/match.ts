import picomatch from "picomatch";
import { isInside, relativeTo, type RepoPath } from "../core/path.ts";
import { simpleGlob } from "./simple-glob.ts";

/** Whether a path, relative to where the globs are, is meant by them. */
export type Matches = (path: string) => boolean;

/** `s`: a name may hold a line break, which is a character like others. */
const OPTIONS = { dot: true, windows: false, flags: "s" };

const compiled = new Map<string, Matches>();

/**
 * What a list of globs means: any of them, less those with `!` in front. Files whose names begin with a dot are matched
 * like all others, case counts, and `/` separates on every system.
 */
export function matcher(globs: readonly string[]): Matches {
  const key = globs.join("\0");
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const wanted = globs.filter((glob) => !glob.startsWith("!"));
  const unwanted = globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1));
  const [yes, no] = [anyOf(wanted), anyOf(unwanted)];
  const matches: Matches = unwanted.length === 0 ? yes : (path) => yes(path) && !no(path);
  compiled.set(key, matches);
  return matches;
}

function anyOf(globs: readonly string[]): Matches {
  const each = globs.map((glob) => simpleGlob(glob) ?? picomatch(glob, OPTIONS));
  const [first = () => false] = each;
  return each.length < 2 ? first : (path) => each.some((matches) => matches(path));
}

/** The same for globs that are relative to `folder` and paths that are relative to the repository root. */
export function matcherIn(folder: RepoPath, globs: readonly string[]): Matches {
  const matches = matcher(globs);
  return (path) => isInside(folder, path) && matches(relativeTo(folder, path));
}
