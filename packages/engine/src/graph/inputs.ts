import { ancestors, joinRepo, type RepoPath } from "../core/path.ts";
import type { Inputs, Project } from "../plugin/contract.ts";
import { matcher, matcherIn, type Matches } from "../workspace/match.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Task } from "./task.ts";

/** Files of one project that some globs mean: the unit in which inputs are listed, digested and compared. */
export interface InputSet {
  /** What people call it: `files`, `files of core`, `configuration`. */
  readonly label: string;
  /** Equal for equal sets, so that each is digested once a run. */
  readonly key: string;
  /** Paths to digest; of `optional` ones the absence is recorded. */
  readonly paths: () => readonly RepoPath[];
  readonly optional: boolean;
  /** Whether a path would be of the set, whether it exists or not. */
  readonly matches: Matches;
}

/** The sets of files that a task reads. */
export function inputSets(task: Task, workspace: Workspace): InputSet[] {
  const inputs = task.atom.inputs(task.context);
  const upstream = globList(inputs.upstreamFiles);
  return [
    ...projectSet("files", task.project, globList(inputs.files), workspace),
    ...task.context.upstream.flatMap((project) => projectSet("files of", project, upstream, workspace)),
    ...repositorySet(inputs, workspace),
    ...literalSet("configuration", configPaths(task.project, inputs)),
    ...literalSet("literal", inputs.literal ?? []),
  ];
}

/** A list of globs with a short name: the same lists come back for every task, and long keys cost more than the work. */
interface GlobList {
  readonly id: number;
  readonly globs: readonly string[];
}

const lists = new Map<string, GlobList>();
const sets = new WeakMap<Workspace, Map<string, InputSet>>();

function globList(globs: readonly string[] | undefined): GlobList | undefined {
  if (globs === undefined || globs.length === 0) return undefined;
  const text = globs.join("\0");
  const list = lists.get(text) ?? { id: lists.size, globs };
  lists.set(text, list);
  return list;
}

function projectSet(label: "files" | "files of", project: Project, list: GlobList | undefined, workspace: Workspace): InputSet[] {
  if (list === undefined) return [];
  const known = sets.get(workspace) ?? new Map<string, InputSet>();
  sets.set(workspace, known);
  const key = `${label} ${String(list.id)} ${project.name}`;
  const set = known.get(key) ?? createProjectSet(label === "files" ? label : `files of ${project.name}`, project, { list, workspace });
  known.set(key, set);
  return [set];
}

function createProjectSet(label: string, project: Project, { list, workspace }: { readonly list: GlobList; readonly workspace: Workspace }): InputSet {
  const matches = matcherIn(project.root, list.globs);
  return {
    label,
    key: `project ${String(list.id)} ${project.name}`,
    paths: () => workspace.filesOf(project).filter(matches),
    optional: false,
    matches: (path) => matches(path) && workspace.owner(path)?.name === project.name,
  };
}

function repositorySet(inputs: Inputs, workspace: Workspace): InputSet[] {
  const globs = inputs.repositoryFiles ?? [];
  if (globs.length === 0) return [];
  const matches = matcher(globs);
  return [{ label: "repository files", key: `repository ${globs.join("\0")}`, paths: () => workspace.files.filter(matches), optional: false, matches }];
}

function literalSet(label: string, paths: readonly RepoPath[]): InputSet[] {
  if (paths.length === 0) return [];
  const known = new Set(paths);
  return [{ label, key: `literal ${paths.join("\0")}`, paths: () => paths, optional: true, matches: (path) => known.has(path) }];
}

/** Where the project's configuration files may stand: each name in its folder and in every folder above. */
function configPaths(project: Project, inputs: Inputs): RepoPath[] {
  return (inputs.configs ?? []).flatMap((name) => ancestors(project.root).map((folder) => joinRepo(folder, name)));
}
