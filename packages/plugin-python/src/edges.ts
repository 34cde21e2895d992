import { byCodeUnit, isInside, parentOf, relativeTo, type FoundProject, type RepoPath } from "@symbiotic-build/engine";
import type { Draft } from "./draft.ts";
import type { Manifest, Requirement } from "./manifest/manifest.ts";
import { isRequirementsFile } from "./manifest/read-manifests.ts";
import { resolveFrom } from "./paths.ts";

/** What one project needs of another, as the contract has it. */
export type Edge = FoundProject["dependsOn"][number];

/** The projects by the two ways in which a requirement can mean one. */
export interface Lookup {
  readonly roots: ReadonlySet<RepoPath>;
  readonly named: ReadonlyMap<string, readonly RepoPath[]>;
}

/** Makes the look-up of all projects. */
export function lookupOf(drafts: readonly Draft[]): Lookup {
  const named = Map.groupBy(drafts, ({ name }) => name);
  return {
    roots: new Set(drafts.map(({ root }) => root)),
    named: new Map([...named].map(([name, group]) => [name, group.map(({ root }) => root)])),
  };
}

/**
 * The projects that a project needs, one edge each with the first reason found, sorted by folder; never itself. A name
 * that several projects have means all of them: too many inputs cost time, too few would give wrong results.
 */
export function edgesOf(draft: Draft, lookup: Lookup): Edge[] {
  const edges = new Map<RepoPath, string>();
  const add = (root: RepoPath, because: string): void => {
    if (root !== draft.root && !edges.has(root)) edges.set(root, because);
  };
  for (const manifest of draft.manifests) {
    for (const requirement of manifest.requirements) {
      const where = shownFrom(draft.root, manifest.path);
      for (const root of named(requirement, lookup)) add(root, `requirement \`${requirement.text}\` (${where})`);
      for (const target of located(requirement, manifest, draft)) {
        const root = target.places.find((place) => lookup.roots.has(place));
        if (root !== undefined) add(root, `path \`${target.path}\` (${where})`);
      }
    }
  }
  if (draft.undeclared && lookup.roots.has("."))
    add(".", "no manifest says which modules of the repository it imports");
  return [...edges].map(([root, because]) => ({ root, because })).sort((a, b) => byCodeUnit(a.root, b.root));
}

function named(requirement: Requirement, lookup: Lookup): readonly RepoPath[] {
  return requirement.name === undefined ? [] : (lookup.named.get(requirement.name) ?? []);
}

interface Target {
  readonly path: string;
  /** Where it may lead, likeliest first. */
  readonly places: readonly RepoPath[];
}

function located(requirement: Requirement, manifest: Manifest, draft: Draft): Target[] {
  const folders = basesOf(manifest, draft);
  const own = requirement.path === undefined ? [] : [target(requirement.path, folders)];
  const { name } = requirement;
  if (name === undefined) return own;
  const sources = [...draft.manifests, ...(draft.workspace ? [draft.workspace] : [])];
  const holder = sources.find((source) => source.sources.has(name));
  const paths = holder?.sources.get(name) ?? [];
  return [...own, ...paths.map((path) => target(path, [parentOf(holder?.path ?? ".")]))];
}

function target(path: string, folders: readonly RepoPath[]): Target {
  return { path, places: folders.map((folder) => resolveFrom(folder, path)).filter((place) => place !== undefined) };
}

/** pip resolves the paths in a file of requirements against the folder that it is started in, which nobody wrote down. */
function basesOf(manifest: Manifest, draft: Draft): RepoPath[] {
  const folder = parentOf(manifest.path);
  return isRequirementsFile(manifest.path) ? [folder, draft.root, "."] : [folder];
}

function shownFrom(root: RepoPath, path: RepoPath): string {
  return isInside(root, path) ? relativeTo(root, path) : path;
}
