import { count, formatDuration } from "../numbers.ts";
import type { RunReport } from "../run-report.ts";
import { type Markup, markup, NOTHING } from "./markup.ts";

/** What was run, against what, when, and with what. */
export function runSection({ run, affected, changed }: RunReport): Markup {
  const { comparison, shard, slots } = run;
  const facts = [
    fact("targets", run.targets.join(", ")),
    fact(
      "compared with",
      comparison === null
        ? ""
        : `${comparison.base} (${comparison.reason}, ${comparison.commit.slice(0, 12)}), ${count(comparison.changedFiles, "file")} changed`,
    ),
    fact("selected", run.nothing ?? ""),
    fact("version", run.version === null ? "" : `symbiotic ${run.version}`),
    fact("run", run.directory ?? run.id),
    fact("took", formatDuration(run.durationMs)),
    fact("slots", slots === null ? "" : String(slots)),
    fact("shard", shard === null ? "" : `${String(shard.index)} of ${String(shard.count)}`),
    fact("went on with", run.resumes ?? ""),
    ...run.intents.map(({ intent, evidence, add }) =>
      fact("intent", `${intent} (${evidence.join(", ")}): ${add.join(", ")}`),
    ),
  ];
  return markup`<section id="run" aria-labelledby="run-title"><h2 id="run-title">Run</h2><dl class="facts">${facts}</dl>${listOf(
    "project affected",
    "projects affected",
    affected.map(({ project, reason }) => markup`<li><b>${project}</b> ${reason}</li>`),
  )}${listOf(
    "file changed",
    "files changed",
    (changed ?? []).map((file) => markup`<li class="id">${file}</li>`),
  )}</section>`;
}

function fact(name: string, value: string): Markup {
  return value === "" ? NOTHING : markup`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function listOf(one: string, many: string, rows: readonly Markup[]): Markup {
  if (rows.length === 0) return NOTHING;
  return markup`<details class="group"><summary>${rows.length} ${rows.length === 1 ? one : many}</summary><ul class="quiet">${rows}</ul></details>`;
}
