import type { Comparison, PlanReady, ProjectAffected, RunStarted } from "../core/event.ts";
import { count } from "./numbers.ts";
import type { RunView } from "./run-view.ts";
import { oneLine } from "./sanitise.ts";
import type { Style } from "./style.ts";
import { displayWidth, padEnd } from "./width.ts";

const MOST_AFFECTED = 20;
const SHORT_COMMIT = 7;

/** The first line, what will happen and against what, and below it the projects that a change reaches. */
export function headerLines(view: RunView, style: Style): string[] {
  if (view.started === undefined) return [];
  return [firstLine(view.started, view), ...intentLines(view.started, style), ...affectedLines(view.affected, style)];
}

function firstLine({ version, projects, comparison, targets, resumes, shard }: RunStarted, { plan }: RunView): string {
  const start = [`symbiotic ${oneLine(version)}`, count(projects, "project"), ...sharded(shard), ...resumed(resumes)];
  if (comparison !== undefined) return [...start, ...comparisonParts(comparison)].join(" · ");
  const tasks = plan === undefined ? [] : [`${count(plan.tasks.length, "task")}${inLevels(plan)}`];
  const names = targets.map(oneLine).join(" ");
  return [...start, [...(names === "" ? [] : [names]), ...tasks].join(": ")].filter((part) => part !== "").join(" · ");
}

function sharded(shard: RunStarted["shard"]): string[] {
  return shard === undefined ? [] : [`shard ${String(shard.index)} of ${String(shard.count)}`];
}

function inLevels({ levels }: PlanReady): string {
  return levels > 1 ? ` in ${String(levels)} levels` : "";
}

function resumed(run: string | undefined): string[] {
  return run === undefined ? [] : [`resumes ${oneLine(run)}`];
}

function comparisonParts({ base, commit, reason, changedFiles }: Comparison): string[] {
  const [name, short] = [oneLine(base), oneLine(commit).slice(0, SHORT_COMMIT)];
  const why = oneLine(reason).replace(` with ${name}`, "");
  const against = why === "merge-base" ? [`base ${name} (${why} ${short})`] : [`base ${name} (${short})`, why];
  return [...against, `${count(changedFiles, "file")} changed`].filter((part) => part !== "");
}

function intentLines({ intents = [] }: RunStarted, style: Style): string[] {
  return intents.map(({ intent, evidence, add }) => {
    const why = `${oneLine(intent)}: ${evidence.map(oneLine).join(", ")}`;
    return `added     ${add.map(oneLine).join(", ")}   ${style.dim(why)}`;
  });
}

function affectedLines(affected: readonly ProjectAffected[], style: Style): string[] {
  const shown = affected
    .slice(0, MOST_AFFECTED)
    .map(({ project, reason }) => ({ project: oneLine(project), reason: oneLine(reason) }));
  const width = Math.max(6, ...shown.map(({ project }) => displayWidth(project)));
  const lines = shown.map(({ project, reason }) => `${padEnd(project, width)}   ${style.dim(reason)}`.trimEnd());
  const rest = affected.length - shown.length;
  return [...lines, ...(rest > 0 ? [`and ${String(rest)} more`] : [])].map((line, index) => {
    return `${index === 0 ? "affected" : "        "}  ${line}`;
  });
}
