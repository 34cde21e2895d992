import type { Emit, PlannedTask } from "./core/event.ts";
import type { Opened } from "./open.ts";
import type { Plan } from "./plan.ts";
import type { RunRequest } from "./request.ts";

/** Tells what will be run, against what, and why. */
export function announce(
  emit: Emit,
  { workspace, intents }: Opened,
  { plan: { graph, changes, reasons }, request }: { readonly plan: Plan; readonly request: RunRequest },
): void {
  const comparison = changes === undefined ? {} : { comparison: changes.comparison };
  const { version, names, startedAt, concurrency, resume, shard } = request;
  emit({
    type: "run-started",
    version,
    startedAt: startedAt.toISOString(),
    targets: names,
    projects: workspace.projects.length,
    slots: concurrency,
    ...comparison,
    ...(shard === undefined ? {} : { shard: { index: shard.index, count: shard.count } }),
    ...(intents.length === 0 ? {} : { intents }),
    ...(resume === undefined ? {} : { resumes: resume.from.id }),
  });
  const told = new Set<string>();
  for (const { project, because } of reasons.values()) {
    if (!told.has(project)) emit({ type: "project-affected", project, reason: because });
    told.add(project);
  }
  const tasks = graph.order.map(({ id, project, atomId, atom, dependsOn }): PlannedTask => {
    return { id, project: project.name, atom: atomId, title: atom.title, level: graph.level(id), dependsOn };
  });
  emit({ type: "plan-ready", levels: graph.levels, tasks });
}

/** Why there is nothing to run. */
export function nothingSentence({ before, changes, named, shard }: Plan, projects: number): string {
  if (projects === 0)
    return "nothing to run: no project was found (a folder with a manifest such as pyproject.toml, or a root with Python files)";
  if (shard?.size === 0 && before > 0) return "nothing to run: no project is left for this shard";
  if (named !== undefined && before > 0)
    return `nothing to run: ${named === 1 ? "that file is no input of any task" : `none of these ${String(named)} files is an input of a task`}`;
  if (changes === undefined || before === 0) return "nothing to run: no project has anything for these targets";
  const files = changes.comparison.changedFiles;
  if (files === 0) return "nothing is affected: no file changed";
  return `nothing is affected: ${files === 1 ? "the file that changed is no input of any task" : `none of the ${String(files)} files that changed is an input of a task`}`;
}
