import { byCodeUnit } from "../core/json.ts";
import { nameOf, type RepoPath } from "../core/path.ts";
import type { Task } from "../graph/task.ts";
import { matcher } from "../workspace/match.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** Which projects a changed file reaches, without their tasks: more maybe, and never fewer. */
export interface Reach {
  /** By a project's name, the others with tasks that may read its files or that wait for its tasks. */
  readonly readers: readonly (readonly [project: string, readers: readonly string[]])[];
  /** Globs over the whole repository, and the projects with tasks that read what they mean. */
  readonly wide: readonly { readonly globs: readonly string[]; readonly projects: readonly string[] }[];
  /** The names of files that tasks read by their path or look for in all folders above them, and of manifests and locks. */
  readonly names: readonly string[];
}

/** The reach of a change among these tasks. Throws what a plugin's hook throws. */
export function reachOf(tasks: readonly Task[], workspace: Pick<Workspace, "projects" | "edges">): Reach {
  const readers = new Map<string, Set<string>>();
  const wide = new Map<string, { readonly globs: readonly string[]; readonly projects: Set<string> }>();
  const names = new Set<string>();
  const projects = new Map(tasks.map(({ id, project }) => [id, project.name]));
  for (const { from, to } of workspace.edges) addTo(readers, to, from);
  for (const { manifests, locks = [] } of workspace.projects)
    for (const path of [...manifests, ...locks]) names.add(nameOf(path));
  for (const { atom, context, project, dependsOn } of tasks) {
    const { repositoryFiles: globs = [], configs = [], literal = [] } = atom.inputs(context);
    for (const path of [...configs, ...literal]) names.add(nameOf(path));
    const key = globs.join("\0");
    if (globs.length > 0) wide.set(key, wide.get(key) ?? { globs, projects: new Set() });
    wide.get(key)?.projects.add(project.name);
    for (const before of dependsOn.flatMap((id) => projects.get(id) ?? []))
      if (before !== project.name) addTo(readers, before, project.name);
  }
  return {
    readers: [...readers].map(([project, others]) => [project, [...others]] as const),
    wide: [...wide.values()].map((each) => ({ globs: each.globs, projects: [...each.projects] })),
    names: [...names].sort(byCodeUnit),
  };
}

function addTo(all: Map<string, Set<string>>, key: string, value: string): void {
  const known = all.get(key);
  if (known === undefined) all.set(key, new Set([value]));
  else known.add(value);
}

/** The names of all projects with tasks that a change of these files may reach; undefined where that may be any. */
export function projectsReached(
  changed: readonly RepoPath[],
  { readers, wide, names }: Reach,
  workspace: Pick<Workspace, "owner">,
): ReadonlySet<string> | undefined {
  const settings = new Set(names);
  if (changed.some((path) => settings.has(nameOf(path)))) return undefined;
  const reached = new Set(changed.flatMap((path) => workspace.owner(path)?.name ?? []));
  for (const { globs, projects } of wide)
    if (changed.some(matcher(globs))) for (const name of projects) reached.add(name);
  const next = new Map(readers);
  // A set that grows while it is walked is walked to its end.
  for (const name of reached) for (const reader of next.get(name) ?? []) reached.add(reader);
  return reached;
}
