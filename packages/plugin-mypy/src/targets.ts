import { isInside, joinRepo, parentOf, relativeTo, type RepoPath } from "@symbiotic-build/engine";

/**
 * What of `files` in settings above a project lies in that project, as paths of the repository: the settings are for many
 * projects, and each task checks its own part. A glob below the project's folder stands for the folder that it begins in.
 */
export function targetsIn(
  root: RepoPath,
  settings: RepoPath,
  { named, files }: { readonly named: readonly string[]; readonly files: readonly RepoPath[] },
): readonly RepoPath[] {
  const folder = relativeTo(parentOf(settings), root);
  const below = named.flatMap((entry) => partOf(entry, folder) ?? []).map((path) => joinRepo(root, path));
  return [...new Set(below)].filter((target) => files.some((file) => isInside(target, file)));
}

/** What of these paths lies in a project, as paths of the repository. */
export function pathsIn(root: RepoPath, paths: readonly RepoPath[]): readonly RepoPath[] {
  const inside = paths.flatMap((path) => (isInside(path, root) ? [root] : isInside(root, path) ? [path] : []));
  return [...new Set(inside)];
}

/** Relative to the project's folder; nothing where the entry is about other folders. */
function partOf(entry: string, folder: string): string | undefined {
  const asked = entry.replace(/^(\.\/)+|\/+$/g, "").split("/");
  const own = folder.split("/");
  if (asked.length === 1 && (asked[0] === "." || asked[0] === "")) return ".";
  for (const [index, name] of own.entries()) {
    const part = asked[index];
    if (part === undefined || part === "**") return ".";
    if (!isNamed(part, name)) return undefined;
  }
  const rest = asked.slice(own.length);
  const glob = rest.findIndex((part) => /[*?[]/.test(part));
  return (glob < 0 ? rest : rest.slice(0, glob)).join("/") || ".";
}

function isNamed(part: string, name: string): boolean {
  const pattern = part
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".")
    .replaceAll("[!", "[^");
  try {
    return new RegExp(`^${pattern}$`).test(name);
  } catch {
    return part === name;
  }
}
