import {
  ancestors,
  parentOf,
  relativeTo,
  type Diagnostic,
  type RepoPath,
  type SourceText,
} from "@symbiotic-build/engine";
import { matcherOf, type Matches } from "./globs.ts";
import { readManifest } from "./manifest/read-manifest.ts";
import type { NodeOptions } from "./options.ts";
import { baseName } from "./paths.ts";
import { pnpmPackages } from "./pnpm-workspace.ts";

/** A folder that packages are installed for together. */
export interface Root {
  readonly root: RepoPath;
  /** Whether a folder, relative to this one, is one of the workspace's packages. */
  readonly isMember: Matches;
  readonly isWorkspace: boolean;
  /** That the configuration names it. */
  readonly isIncluded: boolean;
  /** That a `pnpm-workspace.yaml` makes it one. */
  readonly isPnpm: boolean;
}

/** The folders that are projects, each with the root that it belongs to. */
export interface PackageFolders {
  readonly projects: ReadonlyMap<RepoPath, Root>;
  readonly problems: readonly Diagnostic[];
}

/** Folders of test data, of templates and of what was built or installed: a package in one is none of the repository's own. */
const DATA =
  /(?:^|\/)(?:node_modules|bower_components|vendor|__fixtures__|fixtures?|testdata|test_data|test-data|templates?|dist|build|out|coverage|\.[^/]+)(?:\/|$)|\{\{/;

/**
 * Decides which folders are projects. A folder with a workspace is one, with each package that the workspace names; what
 * lies in it besides is none. Elsewhere the topmost folder with a `package.json` is one.
 */
export function packageFolders(files: readonly SourceText[], options: NodeOptions): PackageFolders {
  const [isExcluded, isIncluded] = [matcherOf(options.exclude), matcherOf(options.include)];
  const own = files.filter(({ path }) => !INSTALLED.test(path) && !ancestors(parentOf(path)).some(isExcluded));
  const manifests = byFolder(own, "package.json");
  const pnpm = byFolder(own, "pnpm-workspace.yaml");
  const { roots, problems } = findRoots(manifests, pnpm);
  const projects = new Map<RepoPath, Root>();
  for (const folder of manifests.keys()) {
    const root = ancestors(folder).flatMap((above) => roots.get(above) ?? [])[0];
    const isOf = root !== undefined && (root.root === folder || root.isMember(relativeTo(root.root, folder)));
    if (isOf && root.isWorkspace) projects.set(folder, root);
    else if (isIncluded(folder)) projects.set(folder, { ...(isOf ? root : alone(folder)), isIncluded: true });
    else if (isOf) projects.set(folder, root);
  }
  return { projects, problems };
}

const INSTALLED = /(?:^|\/)(?:node_modules|bower_components)\//;

interface FoundRoots {
  readonly roots: ReadonlyMap<RepoPath, Root>;
  readonly problems: readonly Diagnostic[];
}

function findRoots(manifests: Folders, pnpm: Folders): FoundRoots {
  const roots = new Map<RepoPath, Root>();
  const problems: Diagnostic[] = [];
  const folders = [...new Set([...manifests.keys(), ...pnpm.keys()])].sort((a, b) => depth(a) - depth(b));
  for (const folder of folders) {
    const above = ancestors(folder).flatMap((at) => (at === folder ? [] : (roots.get(at) ?? [])))[0];
    // Packages of a workspace are asked about afterwards; whatever else lies in one is left out.
    if (above?.isWorkspace === true) continue;
    const seen = { manifest: manifests.get(folder), pnpm: pnpm.get(folder) };
    if (above !== undefined && !mayBeWorkspace(seen)) continue;
    if (DATA.test(folder) && folder !== ".") continue;
    const root = rootOf(folder, seen);
    if (Array.isArray(root)) problems.push(...root);
    else if (root.isWorkspace || (above === undefined && seen.manifest !== undefined)) roots.set(folder, root);
  }
  return { roots, problems };
}

type Folders = ReadonlyMap<RepoPath, SourceText>;

interface Seen {
  readonly manifest: SourceText | undefined;
  readonly pnpm: SourceText | undefined;
}

/** Without reading a manifest that says nothing about it: data may be broken. */
function mayBeWorkspace({ manifest, pnpm }: Seen): boolean {
  return pnpm !== undefined || manifest?.text.includes('"workspaces"') === true;
}

function rootOf(folder: RepoPath, { manifest, pnpm }: Seen): Root | Diagnostic[] {
  const read = manifest === undefined ? undefined : readManifest(manifest);
  const packages = pnpm === undefined ? undefined : pnpmPackages(pnpm);
  const problems = [read, packages].flatMap((result) => (result?.ok === false ? [result.error] : []));
  if (problems.length > 0) return problems;
  const listed = packages?.ok === true && packages.value.length > 0 ? packages.value : undefined;
  const globs = listed ?? (read?.ok === true ? read.value.workspaces : undefined);
  if (globs === undefined) return { ...alone(folder), isPnpm: pnpm !== undefined };
  return { ...alone(folder), isMember: memberOf(globs), isWorkspace: true, isPnpm: pnpm !== undefined };
}

/** Whether a package that nobody names lies in a package of Python: it is data of that one, and its files are to stay there. */
export function createIsPythonData(paths: readonly RepoPath[]): (root: Root) => boolean {
  let folders: ReadonlySet<RepoPath> | undefined;
  return ({ root, isWorkspace, isIncluded }) => {
    if (isWorkspace || isIncluded || root === ".") return false;
    folders ??= new Set(paths.filter((path) => path.endsWith("/__init__.py")).map(parentOf));
    const known = folders;
    return ancestors(root).some((folder) => known.has(folder));
  };
}

function memberOf(globs: readonly string[]): Matches {
  return matcherOf(globs.map((glob) => glob.replace(/\/package\.json$/, "")));
}

function alone(folder: RepoPath): Root {
  return { root: folder, isMember: () => false, isWorkspace: false, isIncluded: false, isPnpm: false };
}

function byFolder(files: readonly SourceText[], name: string): Folders {
  return new Map(files.flatMap((file) => (baseName(file.path) === name ? [[parentOf(file.path), file]] : [])));
}

function depth(folder: RepoPath): number {
  return folder === "." ? 0 : folder.split("/").length;
}
