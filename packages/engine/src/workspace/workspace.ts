import type { Diagnostic } from "../core/diagnostic.ts";
import { byCodeUnit } from "../core/json.ts";
import { ancestors, parentOf, type RepoPath } from "../core/path.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { FoundProject, Project } from "../plugin/project.ts";
import { guarded } from "../plugin/guarded.ts";
import type { LoadedPlugin } from "../plugin/load.ts";
import type { Detours } from "./detours.ts";
import { manifestsOf } from "./manifests.ts";
import type { SourceTexts } from "./source-texts.ts";

/** Why one project depends on another. */
export interface ProjectEdge {
  readonly from: string;
  readonly to: string;
  readonly because: string;
}

/** The projects of a repository, their edges, and which files are whose. */
export interface Workspace {
  /** By name, in order. */
  readonly projects: readonly Project[];
  readonly edges: readonly ProjectEdge[];
  /** All files of the repository, sorted. */
  readonly files: readonly RepoPath[];
  /** Symbolic links and submodules; absent where there are none. */
  readonly detours: Detours | undefined;
  project(name: string): Project | undefined;
  /** The project whose folder is the nearest above the path, whether the file exists or not. */
  owner(path: RepoPath): Project | undefined;
  /** A project's own files, sorted. */
  filesOf(project: Project): readonly RepoPath[];
  /** Everything that a project depends on, transitively, nearest first, without itself. */
  upstream(project: Project): readonly Project[];
}

/** What discovery works on. */
export interface DiscoveryInput {
  readonly plugins: readonly LoadedPlugin[];
  readonly files: readonly RepoPath[];
  /** Symbolic links and submodules among the files, where there are some. */
  readonly detours?: Detours | undefined;
  readonly texts: SourceTexts;
  /** Globs of folders whose manifests are not projects. */
  readonly exclude: readonly string[];
  /** That the root is a project where there is no other: somebody asked for a tool that needs no manifest. */
  readonly needsProject?: boolean;
}

/** Asks every plugin for projects and joins what they found. */
export function discover(input: DiscoveryInput): Result<Workspace, readonly Diagnostic[]> {
  const problems: Diagnostic[] = [];
  const found = new Map<RepoPath, FoundProject>();
  for (const { name, spec, options } of input.plugins) {
    const { discovery } = spec;
    if (discovery === undefined) continue;
    const files = manifestsOf(discovery.files, input);
    const asked = guarded(`the plugin ${name}, looking for projects,`, () =>
      discovery.projects({ files, paths: input.files, options }),
    );
    const result = asked.ok ? asked.value : fail([asked.error]);
    if (!result.ok) problems.push(...result.error);
    else for (const project of result.value) found.set(project.root, merge(found.get(project.root), project));
  }
  if (found.size === 0 && (input.needsProject === true || input.plugins.some(needsNoManifest)))
    found.set(ROOT.root, ROOT);
  return problems.length > 0 ? fail(problems) : ok(createWorkspace([...found.values()], input.files, input.detours));
}

/** What commands run in where nothing has a manifest. */
const ROOT: FoundProject = { name: "root", root: ".", manifests: [], dependsOn: [], tags: [], environments: [] };

/** Whether a plugin has atoms wherever there is a project: they are derived from what the configuration says alone. */
function needsNoManifest({ spec }: LoadedPlugin): boolean {
  return spec.derive !== undefined && spec.discovery === undefined;
}

/** Two plugins may find the same folder: a Python project with a `package.json` is one project. */
function merge(known: FoundProject | undefined, next: FoundProject): FoundProject {
  if (known === undefined) return next;
  return {
    ...known,
    manifests: [...known.manifests, ...next.manifests],
    dependsOn: [...known.dependsOn, ...next.dependsOn],
    tags: [...new Set([...known.tags, ...next.tags])],
    environments: [...known.environments, ...next.environments],
    locks: [...(known.locks ?? []), ...(next.locks ?? [])],
    resolved: { ...known.resolved, ...next.resolved },
  };
}

/** A workspace from what was found: names made unique, edges resolved, files given to their owners. */
export function createWorkspace(
  found: readonly FoundProject[],
  files: readonly RepoPath[],
  detours?: Detours,
): Workspace {
  const names = uniqueNames(found);
  const nested = nestedRoots(found.map(({ root }) => root));
  const edges: ProjectEdge[] = [];
  const projects = found.map((project): Project => {
    const own = edgesOf(project, names);
    edges.push(...own);
    const name = names.get(project.root) ?? project.name;
    return { ...project, name, dependsOn: own.map(({ to }) => to), nested: nested.get(project.root) ?? [] };
  });
  return new IndexedWorkspace(
    projects.sort((a, b) => byCodeUnit(a.name, b.name)),
    edges,
    { files: (owner) => divide(files, owner), detours },
  );
}

/** The files of a repository, and which of them are whose. */
export interface DividedFiles {
  /** Sorted. */
  readonly all: readonly RepoPath[];
  /** Those of a project, by its name; sorted. */
  of(name: string): readonly RepoPath[];
}

/** A workspace whose projects, edges and files are known, without links and submodules. */
export function knownWorkspace(
  projects: readonly Project[],
  edges: readonly ProjectEdge[],
  files: DividedFiles,
): Workspace {
  return new IndexedWorkspace(projects, edges, { files: () => files, detours: undefined });
}

function divide(files: readonly RepoPath[], owner: Workspace["owner"]): DividedFiles {
  let divided: ReadonlyMap<string, readonly RepoPath[]> | undefined;
  return {
    all: files,
    of(name) {
      divided ??= Map.groupBy(files, (path) => owner(path)?.name ?? "");
      return divided.get(name) ?? [];
    },
  };
}

/** For each folder those of the others that are inside it, sorted. */
function nestedRoots(roots: readonly RepoPath[]): ReadonlyMap<RepoPath, readonly RepoPath[]> {
  const nested = new Map(roots.map((root): [RepoPath, RepoPath[]] => [root, []]));
  for (const root of [...roots].sort(byCodeUnit)) {
    for (const above of ancestors(root)) if (above !== root) nested.get(above)?.push(root);
  }
  return nested;
}

function uniqueNames(found: readonly FoundProject[]): Map<RepoPath, string> {
  const count = new Map<string, number>();
  for (const { name } of found) count.set(name.toLowerCase(), (count.get(name.toLowerCase()) ?? 0) + 1);
  return new Map(
    found.map(({ name, root }) => [root, (count.get(name.toLowerCase()) ?? 0) > 1 && root !== "." ? root : name]),
  );
}

function edgesOf(project: FoundProject, names: ReadonlyMap<RepoPath, string>): ProjectEdge[] {
  const from = names.get(project.root) ?? project.name;
  const edges = new Map<string, ProjectEdge>();
  for (const { root, because } of project.dependsOn) {
    const to = names.get(root);
    if (to !== undefined && to !== from && !edges.has(to)) edges.set(to, { from, to, because });
  }
  return [...edges.values()].sort((a, b) => byCodeUnit(a.to, b.to));
}

class IndexedWorkspace implements Workspace {
  readonly projects: readonly Project[];
  readonly edges: readonly ProjectEdge[];
  readonly detours: Detours | undefined;
  readonly #files: DividedFiles;
  readonly #byName: ReadonlyMap<string, Project>;
  readonly #byRoot: ReadonlyMap<RepoPath, Project>;
  readonly #owners = new Map<RepoPath, Project | undefined>();
  readonly #upstream = new Map<string, readonly Project[]>();

  constructor(
    projects: readonly Project[],
    edges: readonly ProjectEdge[],
    {
      files,
      detours,
    }: { readonly files: (owner: Workspace["owner"]) => DividedFiles; readonly detours: Detours | undefined },
  ) {
    this.projects = projects;
    this.edges = edges;
    this.detours = detours;
    this.#files = files((path) => this.owner(path));
    this.#byName = new Map(projects.map((project) => [project.name, project]));
    this.#byRoot = new Map(projects.map((project) => [project.root, project]));
  }

  get files(): readonly RepoPath[] {
    return this.#files.all;
  }

  project(name: string): Project | undefined {
    return this.#byName.get(name);
  }

  owner(path: RepoPath): Project | undefined {
    return this.#ownerOfFolder(parentOf(path));
  }

  filesOf(project: Project): readonly RepoPath[] {
    return this.#files.of(project.name);
  }

  upstream(project: Project): readonly Project[] {
    const known = this.#upstream.get(project.name);
    if (known !== undefined) return known;
    const seen = new Set([project.name]);
    const order: Project[] = [];
    let ring = [project];
    while (ring.length > 0) {
      const next = ring.flatMap(({ dependsOn }) => dependsOn).filter((name) => !seen.has(name) && seen.add(name));
      ring = next.flatMap((name) => this.#byName.get(name) ?? []);
      order.push(...ring);
    }
    this.#upstream.set(project.name, order);
    return order;
  }

  #ownerOfFolder(folder: RepoPath): Project | undefined {
    const known = this.#owners.get(folder);
    if (known !== undefined || this.#owners.has(folder)) return known;
    const owner = this.#byRoot.get(folder) ?? (folder === "." ? undefined : this.#ownerOfFolder(parentOf(folder)));
    this.#owners.set(folder, owner);
    return owner;
  }
}
