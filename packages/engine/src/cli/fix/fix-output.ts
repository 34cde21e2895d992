import type { JsonValue } from "../../core/json.ts";
import { byCodeUnit } from "../../core/json.ts";
import { formatDiagnostic } from "../../report/diagnostic.ts";
import { findingLines, sortFindings } from "../../report/findings.ts";
import { DEFAULT_WIDTH } from "../../report/look.ts";
import { count, formatDuration } from "../../report/numbers.ts";
import type { FindingView } from "../../report/run-view.ts";
import { createStyle } from "../../report/style.ts";
import { table } from "../table.ts";
import type { Fixed, FixStep } from "./fix-rounds.ts";

/** All that there is to tell of mending. */
export interface FixTold extends Fixed {
  readonly kind: "written" | "dry-run";
  readonly isStaged: boolean;
  /** Files of the work tree that have more than is staged, and could not be joined with what was mended. */
  readonly apart: readonly string[];
  /** The patch's place, from the root. */
  readonly patch?: string;
  readonly diff: string;
  readonly colour: boolean;
  readonly durationMs: number;
  readonly exitCode: number;
}

const SHOWN = 20;

/** The report for people: who mended what, the difference, what is left. */
export function fixText(told: FixTold): string {
  const { nothing, checks, diff } = told;
  if (checks === 0) return nothing ?? "nothing to mend";
  return [stepLines(told.steps), diff.trimEnd(), apartLines(told), leftLines(told), endLine(told)]
    .filter((block) => block !== "")
    .join("\n\n");
}

/** The same facts for programs. */
export function fixJson(told: FixTold): JsonValue {
  const { kind, isStaged, rounds, steps, files, diff, left, unfinished, apart, exitCode, durationMs } = told;
  return {
    dryRun: kind === "dry-run",
    staged: isStaged,
    rounds,
    files: files.map(({ path }) => ({ path, by: [...byOf(steps, path)], rules: rulesOf(told, path) })),
    steps: steps.map(({ diagnostics, ...step }) => ({
      ...step,
      files: [...step.files],
      codes: diagnostics.map(({ code }) => code),
    })),
    gone: goneOf(told).length,
    left: left.map(({ task, reported: { finding, fingerprint } }) => ({
      task,
      fingerprint,
      tool: finding.tool,
      rule: finding.rule,
      message: finding.message,
      file: finding.file,
      line: finding.range?.start.line ?? null,
    })),
    unfinished: unfinished.map(({ id }) => id),
    apart: [...apart],
    patch: told.patch ?? null,
    diff,
    durationMs: Math.round(durationMs),
    exitCode,
  };
}

/** Findings that were there and are not any more. */
function goneOf({ before, left }: Pick<Fixed, "before" | "left">): readonly FindingView[] {
  const still = new Set(left.map(({ reported }) => reported.fingerprint));
  return before.filter(({ reported }) => reported.known !== true && !still.has(reported.fingerprint));
}

/** Why a file was changed: the rules of its findings that are gone. */
function rulesOf(told: Fixed, path: string): readonly string[] {
  const rules = goneOf(told).flatMap(({ reported: { finding } }) => (finding.file === path ? [finding.rule] : []));
  return [...new Set(rules)].sort(byCodeUnit);
}

function byOf(steps: readonly FixStep[], path: string): ReadonlySet<string> {
  return new Set(steps.flatMap(({ files, task }) => (files.includes(path) ? [task] : [])));
}

function stepLines(steps: readonly FixStep[]): string {
  return table(
    steps.map(({ lane, project, title, files, problem, round }) => [
      ...(steps.some((step) => step.round > 1) ? [`${String(round)}.`] : []),
      lane,
      project,
      title,
      problem ?? (files.length === 0 ? "nothing that it can mend" : count(files.length, "file")),
    ]),
  );
}

function apartLines({ apart }: FixTold): string {
  if (apart.length === 0) return "";
  const head = "mended in the index alone, since the same lines have edits that are not staged:";
  return [head, ...apart.map((path) => `  ${path}`)].join("\n");
}

function leftLines({ left, unfinished, steps, colour }: FixTold): string {
  const look = { style: createStyle(colour), width: DEFAULT_WIDTH };
  const sorted = sortFindings(left);
  const more = sorted.length > SHOWN ? [`… and ${count(sorted.length - SHOWN, "more finding")}`] : [];
  const broken = [
    ...unfinished.flatMap(({ finished }) => finished?.diagnostics ?? []),
    ...steps.flatMap(({ diagnostics }) => diagnostics),
  ];
  const told = new Map(broken.map((each) => [`${each.code} ${each.message}`, formatDiagnostic(each, { colour })]));
  return [...findingLines(sorted.slice(0, SHOWN), look), ...more, ...told.values()].join("\n");
}

function endLine(told: FixTold): string {
  const { files, left, unfinished, kind, durationMs, patch, isStaged, rounds } = told;
  const verb = kind === "dry-run" ? "would be mended" : isStaged ? "mended in the index" : "mended";
  const parts = [
    files.length === 0 ? "nothing was mended" : `${count(files.length, "file")} ${verb}`,
    `${count(goneOf(told).length, "finding")} gone, ${String(left.length)} left`,
    ...(unfinished.length === 0 ? [] : [`${count(unfinished.length, "check")} did not finish`]),
    ...(rounds > 1 ? [count(rounds, "round")] : []),
    formatDuration(durationMs),
    ...(patch === undefined ? [] : [`undo: git apply -R${isStaged ? " --cached" : ""} ${patch}`]),
  ];
  return parts.join(" · ");
}
