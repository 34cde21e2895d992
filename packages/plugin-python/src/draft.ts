import { ancestors, byCodeUnit, parentOf, relativeTo, type RepoPath } from "@symbiotic-build/engine";
import { matcherOf } from "./glob.ts";
import type { Manifest } from "./manifest/manifest.ts";
import { isRequirementsFile } from "./manifest/read-manifests.ts";
import { normalizeName } from "./names.ts";
import { baseName, resolveFrom } from "./paths.ts";
import { nearestProject, type ProjectFolders } from "./project-folders.ts";

/** A project with everything that was read of it, before its edges are known. */
export interface Draft {
  readonly root: RepoPath;
  readonly name: string;
  /** The manifests that speak for it, the one that names it first. */
  readonly manifests: readonly Manifest[];
  /** The manifest of the uv workspace it belongs to. */
  readonly workspace?: Manifest;
  /** That nothing says which of the repository's own modules it imports. */
  readonly undeclared: boolean;
}

/** Folders inside a project whose files of requirements are the project's. */
const REQUIREMENT_FOLDERS = /^(?:\.|(?:requirements|reqs|dev|tests?)(?:\/(?:requirements|reqs))?)$/;
const ORDER = ["pyproject.toml", "setup.cfg", "setup.py", "Pipfile"];

/** A draft for each project folder, sorted by folder. */
export function draftProjects(folders: ProjectFolders, manifests: readonly Manifest[]): Draft[] {
  const byPath = new Map(manifests.map((manifest) => [manifest.path, manifest]));
  const byProject = Map.groupBy(manifests, ({ path }) => nearestProject(path, folders.all));
  const holders = new Map(manifests.flatMap(holderOf).map((holder) => [parentOf(holder.manifest.path), holder]));
  return [...folders.all].sort(byCodeUnit).map((root) => {
    const own = manifestsOf(root, byProject.get(root) ?? [], byPath);
    const workspace = workspaceOf(root, holders);
    return {
      root,
      name: own.find((manifest) => manifest.name !== undefined)?.name ?? folderName(root),
      manifests: own,
      ...(workspace && { workspace }),
      undeclared: folders.undeclared.has(root),
    };
  });
}

/** `inside`: the manifests whose nearest project this is. */
function manifestsOf(
  root: RepoPath,
  inside: readonly Manifest[],
  byPath: ReadonlyMap<RepoPath, Manifest>,
): readonly Manifest[] {
  const beside = inside.filter(({ path }) => speaksFor(path, root));
  const sorted = beside.sort((a, b) => rank(a.path) - rank(b.path) || byCodeUnit(a.path, b.path));
  // A set is walked while it grows: files that include one another are taken once.
  const all = new Set(sorted);
  for (const manifest of all) {
    for (const path of manifest.includes) {
      const included = byPath.get(resolveFrom(parentOf(manifest.path), path) ?? "");
      if (included && isRequirementsFile(included.path)) all.add(included);
    }
  }
  return [...all];
}

function speaksFor(path: RepoPath, root: RepoPath): boolean {
  if (!isRequirementsFile(path)) return parentOf(path) === root;
  return REQUIREMENT_FOLDERS.test(relativeTo(root, parentOf(path)));
}

function rank(path: RepoPath): number {
  const index = ORDER.indexOf(baseName(path));
  return index < 0 ? ORDER.length : index;
}

/** A manifest with a workspace. */
interface Holder {
  readonly manifest: Manifest;
  /** Whether a folder, relative to the manifest's, is of the workspace. */
  readonly isMember: (folder: string) => boolean;
}

function holderOf(manifest: Manifest): Holder[] {
  if (manifest.workspace === undefined) return [];
  const [members, excluded] = [matcherOf(manifest.workspace.members), matcherOf(manifest.workspace.exclude)];
  return [{ manifest, isMember: (folder) => folder === "." || (members(folder) && !excluded(folder)) }];
}

/** `holders`: by folder. */
function workspaceOf(root: RepoPath, holders: ReadonlyMap<RepoPath, Holder>): Manifest | undefined {
  const folder = ancestors(root).find((above) => holders.get(above)?.isMember(relativeTo(above, root)));
  return folder === undefined ? undefined : holders.get(folder)?.manifest;
}

function folderName(root: RepoPath): string {
  if (root === ".") return "root";
  const base = baseName(root);
  return normalizeName(base.replace(/^[^a-z0-9]+|[^a-z0-9]+$/gi, "")) ?? base;
}
