import { canonicalJson } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import type { Project } from "../plugin/project.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** Says what changed of a project beside its files, undefined where nothing did. */
export type ProjectChange = (project: Project) => string | undefined;

/**
 * Compares projects with those at the base, by folder: their names, which folders inside them belong to others, and what
 * they depend on. All of that is in the key of each of their tasks, and no file of the project need have changed. Pure.
 */
export function projectChanges(now: Workspace, base: Workspace): ProjectChange {
  const before = new Map(base.projects.map((project) => [project.root, project]));
  const known = new Map<RepoPath, string | undefined>();
  return (project) => {
    if (!known.has(project.root)) known.set(project.root, compare(project, before.get(project.root), { now, base }));
    return known.get(project.root);
  };
}

function compare(
  project: Project,
  was: Project | undefined,
  { now, base }: { readonly now: Workspace; readonly base: Workspace },
): string | undefined {
  if (was === undefined) return "it is new";
  if (was.name !== project.name) return `it was called ${was.name}`;
  return (
    nestedChange(project, was) ?? upstreamChange(now.upstream(project), base.upstream(was)) ?? otherChange(project, was)
  );
}

function nestedChange(project: Project, was: Project): string | undefined {
  const added = without(project.nested, was.nested);
  if (added !== undefined) return `${added} is a project of its own now`;
  const removed = without(was.nested, project.nested);
  return removed === undefined ? undefined : `${removed} is no project of its own any more`;
}

function upstreamChange(now: readonly Project[], was: readonly Project[]): string | undefined {
  const before = new Map(was.map((project) => [project.root, project]));
  const roots = new Set(now.map(({ root }) => root));
  const gone = was.find(({ root }) => !roots.has(root));
  if (gone !== undefined) return `it no longer depends on ${gone.name}`;
  for (const project of now) {
    const old = before.get(project.root);
    if (old === undefined) return `it depends on ${project.name} now`;
    if (old.name !== project.name) return `${project.name} was called ${old.name}`;
    const nested = nestedChange(project, old);
    if (nested !== undefined) return nested;
  }
  return undefined;
}

function otherChange(project: Project, was: Project): string | undefined {
  const isEqual = (key: "dependsOn" | "tags" | "environments"): boolean =>
    canonicalJson(project[key]) === canonicalJson(was[key]);
  if (!isEqual("dependsOn")) return "what it depends on directly";
  return isEqual("tags") && isEqual("environments") ? undefined : "where its tools may be installed";
}

function without(paths: readonly RepoPath[], others: readonly RepoPath[]): RepoPath | undefined {
  return paths.find((path) => !others.includes(path));
}
