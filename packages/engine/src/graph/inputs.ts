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
  return [
    ...projectSet("files", task.project, inputs.files, workspace),
    ...task.context.upstream.flatMap((project) => projectSet(`files of ${project.name}`, project, inputs.upstreamFiles, workspace)),
    ...repositorySet(inputs, workspace),
    ...literalSet("configuration", configPaths(task.project, inputs)),
    ...literalSet("literal", inputs.literal ?? []),
  ];
}

function projectSet(label: string, project: Project, globs: readonly string[] | undefined, workspace: Workspace): InputSet[] {
  if (globs === undefined || globs.length === 0) return [];
  const matches = matcherIn(project.root, globs);
  return [
    {
      label,
      key: `project ${project.name}\0${globs.join("\0")}`,
      paths: () => workspace.filesOf(project).filter(matches),
      optional: false,
      matches: (path) => matches(path) && workspace.owner(path)?.name === project.name,
    },
  ];
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
