import { ancestors, joinRepo, type RepoPath } from "../core/path.ts";
import type { Inputs } from "../plugin/atom.ts";
import type { Project } from "../plugin/project.ts";
import { matcher, matcherIn } from "../workspace/match.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { withDetours } from "./detour-sets.ts";
import type { InputSet } from "./input-set.ts";
import type { Task } from "./task.ts";

/** The sets of files that a task reads. */
export function inputSets(task: Task, workspace: Workspace): InputSet[] {
  const inputs = task.atom.inputs(task.context);
  const upstream = globList(inputs.upstreamFiles);
  return [
    ...projectSet("files", task.project, globList(inputs.files), workspace),
    ...(upstream === undefined ? [] : upstreamSets(task, upstream, workspace)),
    ...repositorySet(inputs, workspace),
    ...literalSet("configuration", configPaths(task.project, inputs), workspace),
    ...literalSet("literal", inputs.literal ?? [], workspace),
  ];
}

/** A list of globs with a short name: the same lists come back for every task, and long keys cost more than the work. */
interface GlobList {
  readonly id: number;
  readonly globs: readonly string[];
}

const lists = new Map<string, GlobList>();
const sets = new WeakMap<Workspace, Map<string, readonly InputSet[]>>();

function globList(globs: readonly string[] | undefined): GlobList | undefined {
  if (globs === undefined || globs.length === 0) return undefined;
  const text = globs.join("\0");
  const list = lists.get(text) ?? { id: lists.size, globs };
  lists.set(text, list);
  return list;
}

/** What is upstream is asked for only here: all of it together is as much as the square of the projects. */
function upstreamSets({ context }: Task, list: GlobList, workspace: Workspace): readonly InputSet[] {
  return context.upstream.flatMap((project) => projectSet("files of", project, list, workspace));
}

function projectSet(
  label: "files" | "files of",
  project: Project,
  list: GlobList | undefined,
  workspace: Workspace,
): readonly InputSet[] {
  if (list === undefined) return [];
  const known = sets.get(workspace) ?? new Map<string, readonly InputSet[]>();
  sets.set(workspace, known);
  const key = `${label} ${String(list.id)} ${project.name}`;
  const all =
    known.get(key) ??
    createProjectSets(label === "files" ? label : `files of ${project.name}`, project, { list, workspace });
  known.set(key, all);
  return all;
}

function createProjectSets(
  label: string,
  project: Project,
  { list, workspace }: { readonly list: GlobList; readonly workspace: Workspace },
): readonly InputSet[] {
  const matches = matcherIn(project.root, list.globs);
  const owns = (path: RepoPath): boolean => workspace.owner(path)?.name === project.name;
  const set = {
    label,
    key: `project ${String(list.id)} ${project.name}`,
    paths: () => workspace.filesOf(project).filter(matches),
    optional: false,
    matches: (path: RepoPath) => matches(path) && owns(path),
  };
  return withDetours(set, workspace, { root: project.root, globs: list.globs, owns });
}

function repositorySet(inputs: Inputs, workspace: Workspace): readonly InputSet[] {
  const globs = inputs.repositoryFiles ?? [];
  if (globs.length === 0) return [];
  const matches = matcher(globs);
  const set = {
    label: "repository files",
    key: `repository ${globs.join("\0")}`,
    paths: () => workspace.files.filter(matches),
    optional: false,
    matches,
  };
  return withDetours(set, workspace, { root: ".", globs, owns: () => true });
}

function literalSet(label: string, paths: readonly RepoPath[], workspace: Workspace): readonly InputSet[] {
  if (paths.length === 0) return [];
  const known = new Set(paths);
  const set = {
    label,
    key: `literal ${paths.join("\0")}`,
    paths: () => paths,
    optional: true,
    matches: (path: RepoPath) => known.has(path),
  };
  return withDetours(set, workspace, { root: ".", globs: [], owns: () => true });
}

/** Where the project's configuration files may stand: each name in its folder and in every folder above. */
function configPaths(project: Project, inputs: Inputs): RepoPath[] {
  return (inputs.configs ?? []).flatMap((name) => ancestors(project.root).map((folder) => joinRepo(folder, name)));
}
