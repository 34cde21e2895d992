import {
  byCodeUnit,
  fail,
  joinRepo,
  ok,
  parentOf,
  type Diagnostic,
  type Discovery,
  type FoundProject,
  type RepoPath,
  type Result,
  type SourceText,
} from "@symbiotic-build/engine";
import { edgesOf } from "./edges.ts";
import { LOCK_FILES, managerOf, managerTags, type ManagerSigns } from "./manager.ts";
import { resolveLocks } from "./locks/resolve-locks.ts";
import type { Manifest } from "./manifest/manifest.ts";
import { readManifest } from "./manifest/read-manifest.ts";
import type { NodeOptions } from "./options.ts";
import { baseName } from "./paths.ts";
import { createIsPythonData, packageFolders, type Root } from "./workspace-roots.ts";

/** Finds the packages of a repository's workspaces and what they need of one another. */
export const discovery: Discovery<NodeOptions> = {
  files: [
    "**/package.json",
    "**/pnpm-workspace.yaml",
    "**/{pnpm-lock.yaml,yarn.lock,npm-shrinkwrap.json,package-lock.json,bun.lock}",
  ],
  projects({ files, paths, options }) {
    const packages = findPackages(files, options);
    if (!packages.ok) return packages;
    const isPythonData = createIsPythonData(paths);
    const found = packages.value.filter(({ root }) => !isPythonData(root));
    const signsOfManagers = new Set(paths.filter((path) => SIGNS.has(baseName(path))));
    const roots = new Set(found.map(({ manifest }) => manifest.root));
    const named = namesByRoot(found);
    const signs = { managers: packageManagers(found), has: (path: RepoPath) => signsOfManagers.has(path) };
    const resolvedBy = resolveLocks(
      files,
      found.map(({ manifest }) => manifest),
    );
    const tags = new Map<RepoPath, readonly string[]>();
    return ok(
      found.map(({ manifest, root }): FoundProject => {
        const own = tags.get(root.root) ?? tagsOf(root, signs);
        tags.set(root.root, own);
        const locks = locksOf(manifest.root, root.root);
        return {
          name: manifest.name ?? folderName(manifest.root),
          root: manifest.root,
          manifests: [manifest.path],
          dependsOn: edgesOf(manifest, { named: named.get(root.root) ?? new Map(), roots }),
          tags: own,
          environments: [],
          locks,
          resolved: resolvedBy(manifest.root, locks),
        };
      }),
    );
  },
};

/** Files by which a package manager is known. */
const SIGNS = new Set([...LOCK_FILES.map(({ file }) => file), ".yarnrc.yml"]);

/** A package with the root that it belongs to. */
export interface FoundPackage {
  readonly manifest: Manifest;
  readonly root: Root;
}

/** What was found last: projects and atoms are asked for one after the other, out of the same files. */
const last = new WeakMap<NodeOptions, { readonly files: readonly SourceText[]; readonly found: Found }>();

type Found = Result<readonly FoundPackage[], readonly Diagnostic[]>;

/** The packages that are projects, sorted by folder; all mistakes in their manifests, not only the first. */
export function findPackages(files: readonly SourceText[], options: NodeOptions): Found {
  const before = last.get(options);
  const isSame = before?.files.length === files.length && before.files.every((file, index) => file === files[index]);
  if (before !== undefined && isSame) return before.found;
  const found = lookForPackages(files, options);
  last.set(options, { files, found });
  return found;
}

function lookForPackages(files: readonly SourceText[], options: NodeOptions): Found {
  const { projects, problems } = packageFolders(files, options);
  const texts = manifestsByFolder(files);
  const all = [...problems];
  const found: FoundPackage[] = [];
  for (const [folder, root] of [...projects].sort(([a], [b]) => byCodeUnit(a, b))) {
    const text = texts.get(folder);
    const manifest = text === undefined ? undefined : readManifest(text);
    if (manifest?.ok === true) found.push({ manifest: manifest.value, root });
    else if (manifest !== undefined && !problems.includes(manifest.error)) all.push(manifest.error);
  }
  return all.length > 0 ? fail(all) : ok(found);
}

function manifestsByFolder(files: readonly SourceText[]): ReadonlyMap<RepoPath, SourceText> {
  const manifests = files.filter(({ path }) => baseName(path) === "package.json");
  return new Map(manifests.map((file) => [parentOf(file.path), file]));
}

/** Where two packages of a workspace have one name, the first counts, as package managers refuse that anyway. */
function namesByRoot(found: readonly FoundPackage[]): ReadonlyMap<RepoPath, ReadonlyMap<string, Manifest>> {
  const named = new Map<RepoPath, Map<string, Manifest>>();
  for (const { manifest, root } of found) {
    const names = named.get(root.root) ?? new Map<string, Manifest>();
    named.set(root.root, names);
    if (manifest.name !== undefined && !names.has(manifest.name)) names.set(manifest.name, manifest);
  }
  return named;
}

/** What each manifest says of the package manager, by folder. */
function packageManagers(found: readonly FoundPackage[]): ReadonlyMap<RepoPath, string | undefined> {
  return new Map(found.map(({ manifest }) => [manifest.root, manifest.packageManager]));
}

function tagsOf(
  { root, isPnpm }: Root,
  {
    managers,
    has,
  }: { readonly managers: ReadonlyMap<RepoPath, string | undefined>; readonly has: ManagerSigns["has"] },
): readonly string[] {
  return ["node", ...managerTags(managerOf({ root, packageManager: managers.get(root), isPnpm, has }))];
}

/** Lockfiles beside the package and beside its root, whether they exist or not. */
function locksOf(folder: RepoPath, root: RepoPath): RepoPath[] {
  return [...new Set([folder, root])].flatMap((at) => LOCK_FILES.map(({ file }) => joinRepo(at, file)));
}

function folderName(root: RepoPath): string {
  return root === "." ? "root" : baseName(root);
}
