import type { Finding } from "../core/evidence.ts";
import { byCodeUnit } from "../core/json.ts";
import { formatLocation } from "./diagnostic.ts";
import { type Entry, entryLines } from "./entry.ts";
import { excerptLines } from "./excerpt.ts";
import type { Look } from "./look.ts";
import type { FindingView } from "./run-view.ts";
import { manyLines, oneLine } from "./sanitise.ts";

const LEVELS = ["error", "warning", "note"] as const;
const MOST_MESSAGE_LINES = 10;

/** A finding to show, with the other tools that found the same. */
export interface ShownFinding extends FindingView {
  readonly alsoBy?: readonly string[];
}

/** Most severe first, then by place and rule: the same list whatever the order of the events was. */
export function sortFindings(findings: readonly FindingView[]): FindingView[] {
  return [...findings].sort((a, b) => compare(a.reported.finding, b.reported.finding) || byCodeUnit(a.task, b.task));
}

/** Each finding with its place, rule, sentence, source line and next step. */
export function findingLines(findings: readonly ShownFinding[], look: Look): string[] {
  return entryLines(
    findings.map((finding) => findingEntry(finding, look)),
    look,
  );
}

/** The next step: what the tool offers to do, or where the rule is explained. */
export function nextStep({ tool, fix, helpUrl }: Finding): string {
  const how =
    fix?.applicability === "safe"
      ? `(${oneLine(tool)} can fix it)`
      : `(${oneLine(tool)} has a fix that may change behaviour)`;
  if (fix !== undefined) return `${oneLine(fix.message ?? "")} ${how}`.trim();
  return helpUrl === undefined ? "" : `see ${oneLine(helpUrl)}`;
}

/** The place of a finding as a location. */
export function findingPlace({ file, range }: Finding): { file: string; line?: number; column?: number } {
  return range === undefined ? { file } : { file, ...range.start };
}

function findingEntry({ reported: { finding, excerpt }, alsoBy = [] }: ShownFinding, look: Look): Entry {
  const [message = "", ...more] = manyLines(finding.message);
  const place = formatLocation(findingPlace(finding));
  const rule = [finding.level === "error" ? "" : finding.level, oneLine(finding.rule)]
    .filter((part) => part !== "")
    .join(" ");
  const parts = [
    { plain: place, text: look.style.bold(place) },
    { plain: rule, text: finding.level === "error" ? look.style.red(rule) : look.style.yellow(rule) },
    { plain: message, text: message },
  ].filter((part) => part.plain !== "");
  return {
    plain: parts.map((part) => part.plain).join("  "),
    text: parts.map((part) => part.text).join("  "),
    label: [finding.tool, ...alsoBy].map(oneLine).join(", "),
    below: [...messageRest(more), ...sourceLines(finding, excerpt, look)],
  };
}

/** Further lines of a message, bounded. */
export function messageRest(lines: readonly string[]): string[] {
  const cut = lines.length > MOST_MESSAGE_LINES ? ["…"] : [];
  return [...lines.slice(0, MOST_MESSAGE_LINES), ...cut].map((line) => `   ${line}`.trimEnd());
}

function sourceLines(finding: Finding, excerpt: string | undefined, { style, width }: Look): string[] {
  const hint = nextStep(finding);
  const { range } = finding;
  if (excerpt === undefined || range === undefined) return hint === "" ? [] : [`   ${hint}`];
  const { start, end } = range;
  const stop = end === undefined ? start.column + 1 : end.line === start.line ? end.column : excerpt.length + 1;
  const length = Math.max(1, stop - start.column);
  return excerptLines({ text: excerpt, ...start, length }, { style, hint, width });
}

function compare(a: Finding, b: Finding): number {
  return (
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
    byCodeUnit(a.file, b.file) ||
    (a.range?.start.line ?? 0) - (b.range?.start.line ?? 0) ||
    (a.range?.start.column ?? 0) - (b.range?.start.column ?? 0) ||
    byCodeUnit(a.rule, b.rule) ||
    byCodeUnit(a.tool, b.tool) ||
    byCodeUnit(a.message, b.message)
  );
}
