import { joinRepo, type RepoPath } from "@symbiotic-build/engine";

/** Where a relative path leads from a folder of the repository; nothing where it is absolute or leaves the repository. */
export function resolveFrom(folder: RepoPath, path: string): RepoPath | undefined {
  const text = path.replaceAll("\\", "/");
  if (text.startsWith("/") || /^[a-z]:/i.test(text)) return undefined;
  const segments = folder === "." ? [] : folder.split("/");
  for (const segment of text.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return joinRepo(".", segments.join("/"));
}

/** The last part of a path. */
export function baseName(path: RepoPath): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
