import type { JsonValue } from "../core/json.ts";
import type { Project } from "../plugin/project.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { digestJson } from "./digest.ts";
import type { Digest } from "./record.ts";

/** What a closure is made of: projects, each with the names of those it depends on. */
export type Projects = Pick<Workspace, "projects" | "project" | "upstream">;

/** The digest of a project's closure, by the project's name; an empty text for a name that no project has. */
export type ClosureDigestOf = (name: string) => Digest;

/**
 * Makes digests of what `own` says of a project and of everything that it depends on, transitively, when they are asked
 * for. Each is made of those one step further, so that all together they cost as much as there are edges; projects in a
 * circle, and those behind which there is one, are made of the list of all that they depend on.
 */
export function createClosureDigests(workspace: Projects, own: (project: Project) => JsonValue): ClosureDigestOf {
  const digests = new Map<string, Digest>();
  let places: ReadonlyMap<string, number> | undefined;
  const place = ({ name }: Project): number => {
    places ??= new Map(inOrder(workspace.projects).map((project, at) => [project.name, at]));
    return places.get(name) ?? -1;
  };
  const digestOf = (project: Project): Digest =>
    place(project) < 0
      ? digestJson([own(project), "circle", workspace.upstream(project).map(own)])
      : digestJson([own(project), project.dependsOn.map((name) => [name, digests.get(name) ?? ""])]);
  return (name) => {
    const known = digests.get(name);
    const project = workspace.project(name);
    if (known !== undefined || project === undefined) return known ?? "";
    const needed = place(project) < 0 ? [project] : unknownBehind(project, workspace, digests);
    for (const each of needed.sort((a, b) => place(a) - place(b))) digests.set(each.name, digestOf(each));
    return digests.get(name) ?? "";
  };
}

/** A project and all behind it that have no digest yet. */
function unknownBehind(project: Project, workspace: Projects, digests: ReadonlyMap<string, Digest>): Project[] {
  const found = new Map([[project.name, project]]);
  for (const { dependsOn } of found.values())
    for (const name of dependsOn) {
      const next = digests.has(name) ? undefined : workspace.project(name);
      if (next !== undefined) found.set(name, next);
    }
  return [...found.values()];
}

/** The projects behind which there is no circle, each after all that it depends on. */
function inOrder(projects: readonly Project[]): readonly Project[] {
  const byName = new Map(projects.map((project) => [project.name, project]));
  const waiting = new Map(
    projects.map(({ name, dependsOn }) => [name, dependsOn.filter((each) => byName.has(each)).length]),
  );
  const dependents = new Map<string, Project[]>();
  for (const project of projects)
    for (const name of project.dependsOn) dependents.set(name, [...(dependents.get(name) ?? []), project]);
  const order = projects.filter(({ name }) => waiting.get(name) === 0);
  for (const { name } of order)
    for (const dependent of dependents.get(name) ?? []) {
      const left = (waiting.get(dependent.name) ?? 0) - 1;
      waiting.set(dependent.name, left);
      if (left === 0) order.push(dependent);
    }
  return order;
}
