import { byCodeUnit } from "../../core/json.ts";
import { formatSubject } from "../../core/task-id.ts";
import type { Project } from "../../plugin/project.ts";
import type { ProjectEdge } from "../../workspace/workspace.ts";
import { criticalPath } from "./critical-path.ts";
import type { GraphNode, GraphView } from "./graph-view.ts";

/** Some projects of a repository; edges that lead out of them are passed over. */
export interface ProjectsInput {
  readonly projects: readonly Pick<Project, "name" | "root">[];
  readonly edges: readonly ProjectEdge[];
}

/** The view of projects and their edges. Projects may depend on each other in a circle: one edge of it then gives no level. Pure. */
export function projectView({ projects, edges }: ProjectsInput): GraphView {
  const before = dependencies({ projects, edges });
  const levels = levelsOf(before);
  const nodes = projects
    .map(({ name, root }): GraphNode => {
      const dependsOn = (before.get(name) ?? []).map(({ to, because }) => ({ id: idOf(to), because }));
      return { id: idOf(name), project: name, folder: root, level: levels.get(name) ?? 0, dependsOn };
    })
    .sort((a, b) => a.level - b.level || byCodeUnit(a.id, b.id));
  return {
    of: "projects",
    title: "projects",
    levels: nodes.reduce((most, { level }) => Math.max(most, level + 1), 0),
    nodes,
    gates: [],
    criticalPath: criticalPath(nodes),
  };
}

type Dependencies = ReadonlyMap<string, readonly ProjectEdge[]>;

function dependencies({ projects, edges }: ProjectsInput): Dependencies {
  const before = new Map(projects.map(({ name }) => [name, new Array<ProjectEdge>()]));
  for (const edge of edges) if (edge.from !== edge.to && before.has(edge.to)) before.get(edge.from)?.push(edge);
  return before;
}

/** As task ids spell it: ASCII, so that every format takes it. */
function idOf(name: string): string {
  return formatSubject({ kind: "project", name });
}

/** One more than the highest of those that a project depends on. Without recursion: a chain may be long. */
function levelsOf(before: Dependencies): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  for (const start of before.keys()) {
    const open = new Set<string>();
    const stack = [start];
    for (let name = stack.at(-1); name !== undefined; name = stack.at(-1)) {
      const next = (before.get(name) ?? []).map(({ to }) => to);
      const waiting = next.filter((each) => !levels.has(each) && !open.has(each));
      if (!levels.has(name) && !open.has(name) && waiting.length > 0) {
        open.add(name);
        stack.push(...waiting);
        continue;
      }
      stack.pop();
      open.delete(name);
      if (!levels.has(name)) levels.set(name, levelAfter(next, levels));
    }
  }
  return levels;
}

/** Of a circle, the edge back to where it was entered leads to a project that has no level yet. */
function levelAfter(next: readonly string[], levels: ReadonlyMap<string, number>): number {
  return next.reduce((most, each) => Math.max(most, (levels.get(each) ?? -1) + 1), 0);
}
