import {
  ancestors,
  byCodeUnit,
  joinRepo,
  ok,
  type Discovery,
  type FoundProject,
  type RepoPath,
} from "@symbiotic-build/engine";
import { draftProjects, type Draft } from "./draft.ts";
import { edgesOf, lookupOf } from "./edges.ts";
import { environmentsOf, type PoetryProject } from "./environments.ts";
import { isReadLock, READ_LOCKS, resolveLocks } from "./lock/resolve-locks.ts";
import { createLocks, LOCKS } from "./locks.ts";
import { MANIFEST_GLOBS, readManifests } from "./manifest/read-manifests.ts";
import type { PythonOptions } from "./options.ts";
import { projectFolders } from "./project-folders.ts";

/** Finds the Python projects of a repository, what they need of one another, and where their tools may be. */
export const discovery: Discovery<PythonOptions> = {
  files: [...MANIFEST_GLOBS, ...READ_LOCKS],
  projects({ files, paths, options }) {
    const manifests = readManifests(
      files.filter(({ path }) => !isReadLock(path)),
      options.exclude,
    );
    if (!manifests.ok) return manifests;
    const drafts = draftProjects(projectFolders(manifests.value, paths), manifests.value);
    const present = new Set(paths);
    const tags = new Map(drafts.map((draft) => [draft.root, tagsOf(draft, present)]));
    const lookup = lookupOf(drafts);
    const locksOf = createLocks(manifests.value.map(({ path }) => path));
    const resolvedBy = resolveLocks(files);
    const poetry = new Map(
      drafts.filter(({ root }) => tags.get(root)?.includes("poetry")).map((draft) => [draft.root, draft]),
    );
    return ok(
      drafts.map((draft): FoundProject => {
        const own = tags.get(draft.root) ?? [];
        const locks = locksOf(draft.root);
        return {
          name: draft.name,
          root: draft.root,
          manifests: draft.manifests.map(({ path }) => path).sort(byCodeUnit),
          dependsOn: edgesOf(draft, lookup),
          tags: ["python", ...own],
          environments: environmentsOf({
            root: draft.root,
            configured: options.environment,
            usesUv: own.includes("uv"),
            poetry: poetryAbove(draft.root, poetry),
          }),
          locks,
          resolved: resolvedBy(draft.root, locks),
        };
      }),
    );
  },
};

function tagsOf(draft: Draft, paths: ReadonlySet<RepoPath>): string[] {
  const locks = LOCKS.flatMap(({ file, tag }) =>
    tag !== undefined && paths.has(joinRepo(draft.root, file)) ? [tag] : [],
  );
  const managers = draft.manifests.flatMap((manifest) => manifest.managers);
  return [...new Set([...managers, ...locks, ...(draft.workspace ? ["uv"] : [])])].sort(byCodeUnit);
}

function poetryAbove(root: RepoPath, poetry: ReadonlyMap<RepoPath, Draft>): PoetryProject[] {
  if (poetry.size === 0) return [];
  return ancestors(root).flatMap((folder) => {
    const draft = poetry.get(folder);
    if (!draft) return [];
    // Poetry has this stand-in for projects that are no packages and have no name.
    const name = draft.manifests.find((manifest) => manifest.name !== undefined)?.name ?? "non-package-mode";
    return [{ name, root: folder }];
  });
}
