import { count, formatDuration } from "../numbers.ts";
import type { RunOutcome, RunReport } from "../run-report.ts";
import { coverageText } from "./coverage-section.ts";
import { diagnosticMarkup } from "./diagnostic-markup.ts";
import { levelCounts } from "./findings-section.ts";
import { type Markup, markup, NOTHING } from "./markup.ts";
import { taskCounts } from "./tasks-section.ts";
import { testCounts } from "./tests-section.ts";

const SIGNS: Readonly<Record<RunOutcome, string>> = { passed: "✓", failed: "✗", interrupted: "!", unfinished: "…" };

/** The verdict, and the way to each section with its number. */
export function verdictSection(report: RunReport): Markup {
  const { run, diagnostics } = report;
  return markup`<header class="is-${run.outcome}"><h1><span class="sign" aria-hidden="true">${SIGNS[run.outcome]}</span> ${run.outcome}</h1>
<p class="lead">${run.verdict}</p><p class="when">${run.targets.join(", ")}${startMarkup(run.startedAt)} · ${formatDuration(run.durationMs)}</p>
<nav aria-label="sections"><ul>${linksOf(report)}</ul></nav>${diagnostics.map(diagnosticMarkup)}</header>`;
}

function startMarkup(startedAt: string | null): Markup {
  if (startedAt === null) return NOTHING;
  const [, day = startedAt, time = ""] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)\S*Z$/.exec(startedAt) ?? [];
  return markup` · <time datetime="${startedAt}">${day}${time === "" ? "" : ` ${time} UTC`}</time>`;
}

function linksOf({ gates, findings, tests, coverage, tasks, run }: RunReport): Markup[] {
  return [
    link("gates", "Gates", gates.length === 0 ? "none" : gatesText(gates)),
    link("findings", "Findings", levelCounts(findings) || "none"),
    ...(tests.length === 0 ? [] : [link("tests", "Tests", testCounts(tests))]),
    ...(coverage.length === 0 ? [] : [link("coverage", "Coverage", coverageText(coverage))]),
    ...(tasks.length === 0 ? [] : [link("tasks", "Tasks", taskCounts(run))]),
    link("run", "Run", run.comparison === null ? run.id : `since ${run.comparison.base}`),
  ];
}

function gatesText(gates: RunReport["gates"]): string {
  const of = (["fail", "hold", "pass"] as const).map((verdict) => {
    const amount = gates.filter((gate) => gate.verdict === verdict).length;
    return amount === 0 ? "" : `${String(amount)} ${verdict}`;
  });
  return of.filter((text) => text !== "").join(", ") || count(0, "gate");
}

function link(id: string, title: string, said: string): Markup {
  return markup`<li><a href="#${id}"><b>${title}</b> <span>${said}</span></a></li>`;
}
