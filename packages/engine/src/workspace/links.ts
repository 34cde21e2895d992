import { lstatSync, readlinkSync, statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { decodePath, encodePath, joinRepo, parentOf, relativeTo, type RepoPath } from "../core/path.ts";

/** A symbolic link of the work tree, followed to its end. */
export interface Link {
  readonly path: RepoPath;
  /** Where it leads inside the repository, whether something lies there or not; absent where it leads out or around in a circle. */
  readonly target?: RepoPath;
  /** The other links that lie on its way. */
  readonly via: readonly RepoPath[];
  /** That it leads to a folder outside the repository. */
  readonly outsideFolder: boolean;
}

/** How many links may lie on one way: as many as Linux allows. */
const MOST_LINKS = 40;

/** Follows links, link by link, as the system does. What is no link any more is left out. */
export function followLinks(root: string, links: readonly RepoPath[]): Link[] {
  return links.flatMap((path) => {
    const followed = follow(root, path);
    return followed === undefined ? [] : [followed];
  });
}

function follow(root: string, path: RepoPath): Link | undefined {
  const passed: RepoPath[] = [];
  let at = parentOf(path);
  let rest: readonly string[] = [relativeTo(at, path)];
  for (let [name] = rest; name !== undefined; [name] = rest) {
    const others = rest.slice(1);
    const next = name === "" || name === "." ? at : joinRepo(at, name);
    const text = next === at || name === ".." ? undefined : linkText(root, next);
    if (text !== undefined) passed.push(next);
    if (passed.length > MOST_LINKS) return { path, via: passed.slice(1), outsideFolder: false };
    if (text !== undefined && !isAbsolute(text)) rest = [...text.split("/"), ...others];
    else if (text !== undefined || (name === ".." && at === ".")) {
      // It begins anew at the root, if it comes back into the repository at all.
      const place = placeOf(root, [text ?? "..", ...others].join("/"));
      if (place === undefined) return { path, via: passed.slice(1), outsideFolder: isFolder(root, path) };
      [at, rest] = [".", place.split("/")];
    } else [at, rest] = [name === ".." ? parentOf(at) : next, others];
  }
  return passed[0] === path ? { path, target: at, via: passed.slice(1), outsideFolder: false } : undefined;
}

/** The place that a way from the root means by its names alone; undefined outside the repository. */
function placeOf(root: string, way: string): RepoPath | undefined {
  const [top, place] = [slashed(resolve(root)), slashed(resolve(root, way))];
  if (place === top) return ".";
  const above = top.endsWith("/") ? top : `${top}/`;
  return place.startsWith(above) ? place.slice(above.length) : undefined;
}

function linkText(root: string, path: RepoPath): string | undefined {
  try {
    const absolute = encodePath(`${root}/${path}`);
    if (lstatSync(absolute, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return undefined;
    return slashed(decodePath(readlinkSync(absolute, { encoding: "buffer" })));
  } catch {
    return undefined;
  }
}

function isFolder(root: string, path: RepoPath): boolean {
  try {
    return statSync(encodePath(`${root}/${path}`)).isDirectory();
  } catch {
    return false;
  }
}

function slashed(path: string): string {
  return process.platform === "win32" ? path.replaceAll("\\", "/") : path;
}
