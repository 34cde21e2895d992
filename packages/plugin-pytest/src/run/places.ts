import type { RepoPath } from "@symbiotic-build/engine";

/** Turns the paths that Python printed into paths of the repository. */
export interface Places {
  /** The path in the repository; nothing where it lies outside. Relative paths are seen from `base`, else from where pytest ran. */
  repoPath(path: string, base?: string): RepoPath | undefined;
  /** The path as pytest's command line takes it in the project's folder. */
  fromProject(path: string, base?: string): string;
}

/** What the engine writes for the repository's root in what a process left. */
const ROOT = "{root}";

/** `cwd`: the absolute folder in which pytest ran, as Python saw it; `root`: the same as the repository names it. */
export function placesOf(cwd: string, root: RepoPath): Places {
  const here = segmentsOf(cwd);
  const wayTo = (path: string, base = cwd): readonly string[] => relative(here, resolve(segmentsOf(base), path));
  return {
    fromProject: (path, base) => wayTo(path, base).join("/").replace(/^\/\//, "/") || ".",
    repoPath(path, base) {
      const way = wayTo(path, base);
      if (isAbsolute(way[0] ?? "")) return undefined;
      const segments = root === "." ? [] : root.split("/");
      for (const segment of way) {
        if (segment !== "..") segments.push(segment);
        else if (segments.pop() === undefined) return undefined;
      }
      return segments.join("/") || ".";
    },
  };
}

/** Segments of a path of either system; the drive or the root is the first of an absolute one. */
function segmentsOf(path: string): readonly string[] {
  const text = /^[A-Za-z]:[\\/]|^\\\\/.test(path) ? path.replace(/\\/g, "/") : path;
  const segments = text.split("/").filter((segment, index) => segment !== "" || index === 0);
  return segments[0] === ""
    ? ["/", ...segments.slice(1)]
    : segments.map((segment, index) => (index === 0 && isDrive(segment) ? segment.toUpperCase() : segment));
}

function resolve(base: readonly string[], path: string): readonly string[] {
  const own = segmentsOf(isDrive(base[0] ?? "") ? path.replace(/\\/g, "/") : path);
  const all = isAbsolute(own[0] ?? "") ? [] : [...base];
  for (const segment of own) {
    // What lies above the repository's root has no name.
    if (segment === ".." && !["..", ROOT].includes(all.at(-1) ?? "")) all.pop();
    else if (segment !== ".") all.push(segment);
  }
  return all;
}

function relative(from: readonly string[], to: readonly string[]): readonly string[] {
  if (from[0] !== to[0]) return to;
  let common = 0;
  while (common < from.length && from[common] === to[common]) common += 1;
  return [...from.slice(common).map(() => ".."), ...to.slice(common)];
}

function isAbsolute(first: string): boolean {
  return first === "/" || first === ROOT || isDrive(first);
}

function isDrive(segment: string): boolean {
  return /^[A-Za-z]:$/.test(segment);
}
