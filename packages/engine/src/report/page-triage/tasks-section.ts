import type { RepoPath } from "../../core/path.ts";
import { count, formatDuration } from "../numbers.ts";
import type { FindingReport, RunReport, TaskReport } from "../run-report.ts";
import { uriOf } from "../sarif/uri.ts";
import { rowAbout } from "./about.ts";
import { statusBadge } from "./badge.ts";
import { diagnosticMarkup } from "./diagnostic-markup.ts";
import { type Markup, markup, NOTHING, openIf } from "./markup.ts";

/** With more of them the table is folded. */
const FEW = 200;

/** The tasks in the order of the plan: when each ran, how long, why, and its log. */
export function tasksSection({ tasks, run, findings }: RunReport, root: string): Markup {
  if (tasks.length === 0) return NOTHING;
  const end = Math.max(1, run.durationMs, ...tasks.map(({ ran }) => ran?.to ?? 0));
  const open = openIf(tasks.length <= FEW);
  const left = Map.groupBy(findings, ({ task }) => task);
  return markup`<section id="tasks" aria-labelledby="tasks-title"><h2 id="tasks-title">Tasks <span class="count">${taskCounts(run)}</span></h2>
<details class="group"${open}><summary>${count(tasks.length, "task")}, 0 to ${formatDuration(end)}</summary>
<table class="rows sortable" data-by="project tool level gate"><thead><tr><th scope="col">task</th><th scope="col">ended</th><th scope="col" class="num">took</th><th scope="col">when</th><th scope="col">why</th></tr></thead><tbody>
${tasks.map((task) => taskRow(task, left.get(task.id) ?? [], { end, root }))}</tbody></table></details></section>`;
}

/** `5 tasks: 4 run, 1 cached`. */
export function taskCounts({ counts: { total, cached, skipped }, savedMs }: RunReport["run"]): string {
  const parts = [
    `${String(total - cached - skipped)} run`,
    ...(cached > 0 ? [`${String(cached)} cached`] : []),
    ...(skipped > 0 ? [`${String(skipped)} skipped`] : []),
    ...(savedMs > 0 ? [`${formatDuration(savedMs)} saved`] : []),
  ];
  return parts.join(", ");
}

/** Of tools, severities and gates a task is about those of what it found. */
function taskRow(
  task: TaskReport,
  found: readonly FindingReport[],
  { end, root }: { readonly end: number; readonly root: string },
): Markup {
  const { id, title, project, status, cache, durationMs, ran } = task;
  const took = cache === "hit" ? "cached" : ran === null ? "" : formatDuration(durationMs);
  const about = rowAbout({
    project: [project],
    tool: found.map(({ tool }) => tool),
    level: found.map(({ level }) => level),
    gate: found.flatMap(({ gates }) => gates),
  });
  return markup`<tr class="is-${status ?? "unfinished"}"${about}><th scope="row" title="${id}"><span class="project">${project}</span> ${title}</th><td>${statusBadge(status)}</td><td class="num" data-sort="${ran === null ? 0 : durationMs}">${took}</td><td class="when" data-sort="${ran?.from ?? -1}">${spanMarkup(ran, end)}</td><td class="why">${whyMarkup(task)}${logMarkup(task.log, root)}</td></tr>
`;
}

function spanMarkup(ran: TaskReport["ran"], end: number): Markup {
  if (ran === null) return NOTHING;
  const [from, width] = [(100 * ran.from) / end, (100 * (ran.to - ran.from)) / end];
  return markup`<span class="span" title="${formatDuration(ran.from)} to ${formatDuration(ran.to)}"><i style="--from:${from.toFixed(2)}%;--for:${width.toFixed(2)}%"></i></span>`;
}

function whyMarkup({
  status,
  summary,
  reason,
  missed,
  cache,
  savedMs,
  flaky,
  resumed,
  attempts,
  diagnostics,
}: TaskReport): Markup {
  const said = [
    summary === "ok" && status === "ok" ? "" : summary,
    reason ?? "",
    cache === "hit" && savedMs > 0 ? `${formatDuration(savedMs)} saved` : "",
    resumed ? "result of the run that was gone on with" : "",
    attempts > 1 ? count(attempts, "attempt") : "",
    flaky ? "flaky: on the same inputs it failed" : "",
    missed === null ? "" : `ran because ${missed}`,
  ].filter((text) => text !== "");
  return markup`<span class="said">${said.map((text) => markup`<span>${text}</span>`)}</span>${diagnostics.map(diagnosticMarkup)}`;
}

function logMarkup(log: RepoPath | null, root: string): Markup {
  if (log === null || /^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(log)) return NOTHING;
  return markup` <a href="${root}/${uriOf(log)}" title="${log}">log</a>`;
}
