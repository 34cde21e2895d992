import type { Emit, PlannedTask, RunStarted } from "./core/event.ts";
import type { Opened } from "./open.ts";
import type { Plan } from "./plan.ts";
import type { RunRequest } from "./request.ts";

/** More changed files than these are only counted. */
const MOST_CHANGED = 1000;

/** Tells what will be run, against what, and why. */
export function announce(
  emit: Emit,
  { workspace, intents, config }: Opened,
  { plan: { graph, changes, reasons }, request }: { readonly plan: Plan; readonly request: RunRequest },
): void {
  const comparison = changes === undefined ? {} : comparisonIn(changes);
  const { version, names, startedAt, concurrency, resume, shard } = request;
  emit({
    type: "run-started",
    version,
    startedAt: startedAt.toISOString(),
    targets: names,
    projects: workspace.projects.length,
    slots: concurrency,
    ...comparison,
    ...reportsAsked(config.settings),
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

/** What the first event says of the reports that the configuration asks for. */
export function reportsAsked({ reports }: Opened["config"]["settings"]): Pick<RunStarted, "reports"> {
  if (reports === undefined) return {};
  const { formats, folder } = reports;
  return { reports: { ...(formats === undefined ? {} : { formats }), ...(folder === undefined ? {} : { folder }) } };
}

function comparisonIn({ comparison, files }: NonNullable<Plan["changes"]>): Pick<RunStarted, "comparison" | "changed"> {
  return files.length > MOST_CHANGED ? { comparison } : { comparison, changed: files.map(({ path }) => path) };
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
