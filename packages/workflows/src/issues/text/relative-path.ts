import { joinRepo, parentOf, type RepoPath } from "@symbiotic-build/engine";

/** The path without `.`, `..` and doubled slashes; undefined where it leads out of the repository or is absolute. */
export function normalPath(path: string): RepoPath | undefined {
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return undefined;
  const kept: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") {
      if (kept.pop() === undefined) return undefined;
    } else if (part !== "" && part !== ".") kept.push(part);
  }
  return kept.length === 0 ? "." : kept.join("/");
}

/** What the target of a link means: beside the document that has it, or from the root. Anchors are left out. */
export function linkedPaths(from: RepoPath, target: string): RepoPath[] {
  const path = decoded(target.split(/[#?]/, 1)[0] ?? "").replaceAll("\\", "/");
  if (path === "") return [];
  const beside = normalPath(path.startsWith("/") ? path.slice(1) : joinRepo(parentOf(from), path));
  const fromRoot = normalPath(path.replace(/^\/+/, ""));
  return [...new Set([beside, fromRoot])].filter((each) => each !== undefined);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
