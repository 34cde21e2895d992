import { joinRepo, type RepoPath } from "@symbiotic-build/engine";

/** The path or glob as it is from the repository's root, seen from a folder; nothing where it leads out of the repository. */
export function fromFolder(folder: RepoPath, path: string): RepoPath | undefined {
  if (/^[\\/]|^[A-Za-z]:/.test(path)) return undefined;
  const segments: string[] = [];
  for (const segment of joinRepo(folder, path).split("/")) {
    if (segment === "..") {
      if (segments.pop() === undefined) return undefined;
    } else if (segment !== "." && segment !== "") {
      segments.push(segment);
    }
  }
  return segments.join("/") || ".";
}
