import { ancestors, parentOf, type RepoPath } from "@symbiotic-build/engine";
import type { Manifest } from "./manifest/manifest.ts";
import { isOwn } from "./manifest/read-manifests.ts";
import { baseName } from "./paths.ts";

/** Folders whose `requirements.txt` serves the project around them. */
const PARTS = new Set([
  "doc",
  "docs",
  "test",
  "tests",
  "testing",
  "example",
  "examples",
  "ci",
  "requirements",
  "scripts",
  "tools",
]);

/** The folders that are projects. */
export interface ProjectFolders {
  /** All of them, the repository root among them if it is one. */
  readonly all: ReadonlySet<RepoPath>;
  /** Those that only a `requirements.txt` makes a project: it does not say which modules of the repository they import. */
  readonly undeclared: ReadonlySet<RepoPath>;
}

/**
 * Decides which folders are projects: each with a manifest that declares one; where nothing above declares one, each
 * with a `requirements.txt` and Python files; and the repository root if it declares one or has Python files of its own.
 */
export function projectFolders(manifests: readonly Manifest[], paths: readonly RepoPath[]): ProjectFolders {
  const all = new Set(manifests.filter((manifest) => manifest.declares).map(({ path }) => parentOf(path)));
  const python = paths.filter((path) => /\.pyi?$/.test(path) && isOwn(path));
  const undeclared = requirementsFolders(manifests, all, new Set(python.flatMap((path) => ancestors(parentOf(path)))));
  for (const folder of undeclared) all.add(folder);
  if (python.some((path) => nearestProject(path, all) === undefined)) all.add(".");
  return { all, undeclared };
}

/** The project that owns this path: the nearest folder at or above it that is one. */
export function nearestProject(path: RepoPath, projects: ReadonlySet<RepoPath>): RepoPath | undefined {
  return ancestors(path).find((folder) => projects.has(folder));
}

function requirementsFolders(
  manifests: readonly Manifest[],
  declared: ReadonlySet<RepoPath>,
  withPython: ReadonlySet<RepoPath>,
): ReadonlySet<RepoPath> {
  const folders = new Set(manifests.filter(isRequirementsTxt).map(({ path }) => parentOf(path)));
  const isProject = (folder: RepoPath): boolean => {
    const above = ancestors(folder);
    if (folder === "." || PARTS.has(baseName(folder)) || !withPython.has(folder)) return false;
    return !above.some((at) => declared.has(at) || (at !== folder && folders.has(at)));
  };
  return new Set([...folders].filter(isProject));
}

function isRequirementsTxt(manifest: Manifest): boolean {
  return baseName(manifest.path) === "requirements.txt";
}
