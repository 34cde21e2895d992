import type { JsonValue } from "../core/json.ts";
import type { Project } from "../plugin/project.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { digestJson } from "./digest.ts";
import type { Digest } from "./record.ts";

/** What a closure is made of: projects, each with the names of those it depends on. */
export type Projects = Pick<Workspace, "projects" | "project" | "upstream">;

/**
 * For each project, by name, a digest of what `own` says of it and of everything that it depends on, transitively. Each
 * is made of those one step further, so that all together they cost as much as there are edges; projects in a circle, and
 * those behind which there is one, are made of the list of all that they depend on.
 */
export function closureDigests(workspace: Projects, own: (project: Project) => JsonValue): ReadonlyMap<string, Digest> {
  const digests = new Map<string, Digest>();
  for (const project of inOrder(workspace.projects))
    digests.set(
      project.name,
      digestJson([own(project), project.dependsOn.map((name) => [name, digests.get(name) ?? ""])]),
    );
  for (const project of workspace.projects)
    if (!digests.has(project.name))
      digests.set(project.name, digestJson([own(project), "circle", workspace.upstream(project).map(own)]));
  return digests;
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
