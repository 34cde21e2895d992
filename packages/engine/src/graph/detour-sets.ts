import type { RepoPath } from "../core/path.ts";
import type { Detours } from "../workspace/detours.ts";
import { reachesBelow } from "../workspace/reaches-below.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { InputSet } from "./input-set.ts";

/** The globs that a set was made from, and the folder that they are relative to. */
export interface SetGlobs {
  readonly root: RepoPath;
  readonly globs: readonly string[];
  /** Whether a path is one of those that the set is about at all. */
  readonly owns: (path: RepoPath) => boolean;
}

const known = new WeakMap<Detours, Map<string, readonly InputSet[]>>();

/**
 * A set, and beside it those of what its globs reach through symbolic links and in submodules. A link to a file needs no
 * set: its digest is that of the file's bytes. The set alone where the repository has neither.
 */
export function withDetours(set: InputSet, { detours }: Workspace, globs: SetGlobs): readonly InputSet[] {
  if (detours === undefined) return [set];
  const all = known.get(detours) ?? new Map<string, readonly InputSet[]>();
  known.set(detours, all);
  const key = `${set.label}\0${set.key}`;
  const sets = all.get(key) ?? detourSets(set, detours, globs);
  all.set(key, sets);
  return sets;
}

function detourSets(set: InputSet, detours: Detours, globs: SetGlobs): readonly InputSet[] {
  const matches = (path: RepoPath): boolean => set.matches(path) || detours.reaching(path).some(set.matches);
  return [
    { ...set, matches },
    ...linkedSet(set, detours),
    ...submoduleSet(set, detours, globs),
    ...outsideSet(set, detours, globs),
  ];
}

function linkedSet(set: InputSet, detours: Detours): InputSet[] {
  // What is named literally is found through links by the system itself.
  const linked = set.optional ? [] : detours.files.flatMap(({ path, file }) => (set.matches(path) ? [file] : []));
  if (linked.length === 0) return [];
  const own = new Set(set.paths());
  const paths = [...new Set(linked)].filter((path) => !own.has(path));
  if (paths.length === 0) return [];
  // Its own set already answers for the paths.
  return [
    {
      label: `link targets of ${set.label}`,
      key: `links ${set.key}`,
      paths: () => paths,
      optional: false,
      matches: () => false,
    },
  ];
}

function submoduleSet(set: InputSet, { submodules }: Detours, { root, globs, owns }: SetGlobs): InputSet[] {
  const isReached = reachesBelow(root, globs);
  const paths = submodules.filter((path) => owns(path) && isReached(path));
  if (paths.length === 0) return [];
  const wanted = new Set(paths);
  return [
    {
      label: `submodules of ${set.label}`,
      key: `submodules ${set.key}`,
      paths: () => paths,
      optional: true,
      matches: (path) => wanted.has(path),
    },
  ];
}

function outsideSet(set: InputSet, { outsideFolders }: Detours, { root, globs, owns }: SetGlobs): InputSet[] {
  const isReached = reachesBelow(root, globs);
  const folder = outsideFolders.find((path) => owns(path) && isReached(path));
  if (folder === undefined) return [];
  const uncacheable = `${folder.toWellFormed()} leads to a folder outside the repository, whose files cannot be known`;
  return [
    {
      label: `links out of ${set.label}`,
      key: `outside ${set.key}`,
      paths: () => [],
      optional: false,
      matches: () => false,
      uncacheable,
    },
  ];
}
