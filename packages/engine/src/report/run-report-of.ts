import type { Envelope } from "../core/event.ts";
import { byCodeUnit } from "../core/json.ts";
import type { TaskId } from "../core/task-id.ts";
import { verdictParts } from "./last-line.ts";
import { coverageOf } from "./report-coverage.ts";
import { findingsAndGates, type SourceLines } from "./report-findings.ts";
import { testsOf } from "./report-tests.ts";
import type { RunFacts, RunOutcome, RunReport, TaskReport } from "./run-report.ts";
import { RunView } from "./run-view.ts";
import { summaryOf, type RunSummary } from "./summary.ts";
import { taskEnd } from "./task-end.ts";
import { timelineOf, type TimelineTask } from "./timeline.ts";

/** The one door from the events of a run to its reports. Pure; without `sources` no lines around a finding are known. */
export function runReportOf(events: readonly Envelope[], sources: SourceLines = () => undefined): RunReport {
  const view = new RunView();
  for (const envelope of events) view.apply(envelope);
  const projectOf = (task: TaskId): string => view.task(task).project;
  const changed = view.started?.changed;
  return {
    run: factsOf(view),
    ...findingsAndGates(view, projectOf, sources),
    tests: testsOf(view, projectOf),
    coverage: coverageOf({ measured: view.measured, projectOf, changed: changed && new Set(changed) }),
    tasks: tasksOf(view, timelineOf(events).tasks),
    affected: view.affected.map(({ project, reason }) => ({ project, reason })),
    changed: changed ?? null,
    diagnostics: view.diagnostics,
  };
}

function factsOf(view: RunView): RunFacts {
  const { started } = view;
  const summary = summaryOf(view);
  const { version, startedAt, durationMs, savedMs, exitCode, interrupted, nothing, directory } = summary;
  const { targets, projects, shard, resumes, base, counts } = summary;
  return {
    id: view.run,
    outcome: outcomeOf(summary),
    verdict: verdictOf(view, summary),
    ...{ version, startedAt, durationMs, savedMs, exitCode, interrupted, nothing, directory },
    ...{ targets, projects, shard, resumes, counts },
    slots: started?.slots ?? null,
    intents: started?.intents ?? [],
    comparison: base,
  };
}

function outcomeOf({ exitCode, interrupted }: RunSummary): RunOutcome {
  if (exitCode === null) return "unfinished";
  if (interrupted !== null) return "interrupted";
  return exitCode === 0 ? "passed" : "failed";
}

function verdictOf({ gates, finished }: RunView, { counts, exitCode, nothing }: RunSummary): string {
  if (finished === undefined)
    return ["the run did not come to its end", ...verdictParts({ tasks: counts }, gates)].join(" · ");
  const parts = verdictParts(finished, gates);
  if (parts.length > 0) return parts.join(" · ");
  return nothing ?? (exitCode === 0 ? "passed" : "failed");
}

function tasksOf(view: RunView, planned: readonly TimelineTask[]): TaskReport[] {
  const inPlan = new Set(planned.map(({ id }) => id));
  const others = [...view.tasks.values()].filter(({ id }) => !inPlan.has(id)).sort((a, b) => byCodeUnit(a.id, b.id));
  return [...planned, ...others.map((task) => ({ ...task, atom: task.title, level: 0, dependsOn: [] }))].map(
    (task: TimelineTask): TaskReport => {
      const { finished } = view.task(task.id);
      const metrics = view.measured.get(task.id)?.metrics ?? [];
      return { ...ofPlan(task), ...taskEnd(finished), tool: finished?.tool ?? null, metrics };
    },
  );
}

function ofPlan({
  id,
  project,
  atom,
  title,
  level,
  dependsOn,
  ran,
}: TimelineTask): Pick<TaskReport, "id" | "project" | "atom" | "title" | "level" | "dependsOn" | "ran"> {
  return { id, project, atom, title, level, dependsOn, ran: ran === undefined ? null : { from: ran.from, to: ran.to } };
}
