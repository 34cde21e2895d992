import type { JsonValue } from "../../core/json.ts";
import type { EditRequest, EditResult } from "../../edit/edit.ts";
import type { FileChange } from "../../guard/diff/file-change.ts";
import type { Policy } from "../../guard/policy/policy.ts";
import { displacedIn } from "../../guard/in-place/in-place-folders.ts";
import { violationDiagnostic, type Violation } from "../../guard/violation.ts";
import { formatDiagnostic } from "../../report/diagnostic.ts";
import { count } from "../../report/numbers.ts";
import type { ChosenAgent } from "./choose-agent.ts";

/** `codex 0.169.0 · policy: write src tests · budget $2.00, 20 turns, 10 min`. */
export function headline(
  { name, found }: ChosenAgent,
  policy: Policy,
  { unsandboxed, isDry, isInPlace }: Pick<EditRequest, "unsandboxed" | "isDry" | "isInPlace">,
): string {
  const { budget } = policy;
  const wholeFolder = (glob: string): boolean =>
    glob.endsWith("/**") && (policy.only ?? []).includes(glob.slice(0, -3));
  const files = (policy.only ?? policy.write).filter((glob) => !wholeFolder(glob));
  const parts = [
    [name, found.version].filter((part) => part !== undefined).join(" "),
    `policy: ${files.length === 0 ? "write nothing" : `write ${files.join(" ")}`}`,
    `budget ${[
      ...(budget.usd === undefined ? [] : [`$${budget.usd.toFixed(2)}`]),
      ...(budget.turns === undefined ? [] : [`${String(budget.turns)} turns`]),
      ...(budget.tokens === undefined ? [] : [`${String(budget.tokens)} tokens`]),
      durationText(budget.milliseconds),
    ].join(", ")}`,
    ...(unsandboxed ? ["no sandbox"] : []),
    ...(isDry ? ["dry run"] : []),
    ...(isInPlace === true ? ["in your tree"] : []),
  ];
  return parts.join(" · ");
}

/** `$0.11 (estimate)`; nothing where it is not known. */
export function costOf({ cost }: EditResult["agent"]): readonly string[] {
  if (cost === undefined) return [];
  return [`$${cost.usd.toFixed(2)}${cost.estimate === true ? " (estimate)" : ""}`];
}

/** What is told of an edit. */
export interface ToldEdit {
  readonly name: string;
  readonly result: EditResult;
  /** The folder of its log, from the repository root. */
  readonly log: string;
  readonly isDry: boolean;
}

const NOT_BACK =
  "  what this session had done before was not brought back: a file of it has changed since; it began from your tree as it is";

/** What was changed, what was refused and why, where the rest can be read, and what it cost. */
export function editText({ result, log, isDry }: ToldEdit): string {
  const { agent, changes, violations, problem, isApplied, manifest, entry } = result;
  const refused = new Set(violations.flatMap(({ path }) => path ?? []));
  const files = changes.map((change) => `  ${fileLine(change)}${refused.has(change.path) ? "        refused" : ""}`);
  const problems = [
    ...(agent.problem === undefined ? [] : [agent.problem]),
    ...violations.map(violationDiagnostic),
    ...(problem === undefined ? [] : [problem]),
  ].map((diagnostic) => formatDiagnostic(diagnostic, { colour: false }));
  const audit = entry === undefined ? [] : [`audit .ai-audit.jsonl#${String(entry)}`];
  const cost = costOf(agent).map((told) => `cost ${told}`);
  return [
    ...(result.broughtBack === false ? [NOT_BACK] : []),
    ...files,
    ...problems,
    ...(result.checked === undefined ? [] : checkLines(result.checked)),
    ...(result.inPlace === undefined ? [] : movedLines(result.inPlace)),
    ...(manifest === undefined ? [] : [`  ${manifest.plan}`, ...manifest.followups.map((each) => `  left: ${each}`)]),
    `${outcomeOf(result, isApplied, isDry)} · log ${log} · ${[...audit, ...cost, `${String(agent.turns)} turns`, durationText(agent.durationMs)].join(" · ")}`,
    ...(agent.session === undefined || agent.end === "done" ? [] : [goOn(agent, agent.session)]),
  ].join("\n");
}

/** What is not in the tree any more, and was nobody's to throw away. */
function movedLines({ isPutBack, moved }: NonNullable<EditResult["inPlace"]>): readonly string[] {
  if (moved.length === 0) return [];
  const what = isPutBack ? "what lay in your tree instead" : "what git does not see of it";
  return [`  ${what} is kept in ${displacedIn(moved)} (${count(moved.length, "file")})`];
}

function goOn({ resetsAt }: EditResult["agent"], session: string): string {
  const when = resetsAt === undefined ? "go on" : `parked until ${resetsAt.replace(/\.\d+Z$/, "Z")}; then go on`;
  return `  ${when} with \`symbiotic agent resume ${session}\``;
}

/** `  checked in round 2: 12 tasks, all well · 3.2 s · run 20261122-…`, and below what is wrong. */
function checkLines({ passed, round, tasks, durationMs, run, problems }: NonNullable<EditResult["checked"]>): string[] {
  const what = !passed ? "not passed" : tasks === 0 ? "the change reaches none" : "all well";
  const parts = [`${count(tasks, "task")}, ${what}`, durationText(durationMs), `run ${run}`];
  return [
    `  checked${round > 1 ? ` in round ${String(round)}` : ""}: ${parts.join(" · ")}`,
    ...(passed ? [] : problems.map((line) => `    ${line}`)),
  ];
}

function outcomeOf({ changes, violations, agent, inPlace }: EditResult, isApplied: boolean, isDry: boolean): string {
  if (isApplied) return `${count(changes.length, "file")} changed`;
  if (changes.length === 0) return "nothing was changed";
  if (inPlace !== undefined) return inPlace.isPutBack ? "your tree was put back" : "your tree was NOT put back";
  const isGood = violations.length === 0 && agent.end === "done";
  return isDry && isGood ? "nothing was applied: a dry run" : "nothing was applied; your tree was not touched";
}

function fileLine({ kind, path, added = [], before, after, mode }: FileChange): string {
  const verb = { added: "made   ", modified: "edited ", deleted: "removed", renamed: "renamed" }[kind];
  const lines = (text: string | undefined): number => (text === undefined ? 0 : text.split("\n").length);
  const more = added.length;
  const less = Math.max(0, lines(before) - lines(after) + more);
  const what = mode.after === "120000" ? " (a link)" : mode.after === "160000" ? " (a repository)" : "";
  return `${verb} ${path}${what} (+${String(more)} -${String(less)})`;
}

function durationText(milliseconds: number): string {
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${String(Math.round(milliseconds / 60_000))} min`;
}

/** The same as data. */
export function editJson({ name, result, log, isDry }: ToldEdit): Readonly<Record<string, JsonValue>> {
  const { agent, changes, violations, problem, isApplied, manifest, sandbox, entry, checked } = result;
  return {
    ...{ agent: name, end: agent.end, applied: isApplied, dryRun: isDry, sandbox, log },
    ...(entry === undefined ? {} : { audit: entry }),
    ...(agent.session === undefined ? {} : { session: agent.session }),
    ...(agent.resetsAt === undefined ? {} : { resetsAt: agent.resetsAt }),
    ...(result.broughtBack === undefined ? {} : { broughtBack: result.broughtBack }),
    ...(agent.cost === undefined ? {} : { usd: agent.cost.usd, isEstimate: agent.cost.estimate === true }),
    ...(result.inPlace === undefined ? {} : { inPlace: { ...result.inPlace, moved: [...result.inPlace.moved] } }),
    ...{ turns: agent.turns, usage: { ...agent.usage }, durationMs: Math.round(agent.durationMs) },
    files: changes.map(({ path, kind }) => ({ path, kind })),
    violations: violations.map(violationJson),
    ...(manifest === undefined ? {} : { manifest: { ...manifest } }),
    ...(checked === undefined ? {} : { checks: checksJson(checked) }),
    problems: [agent.problem, problem].flatMap((each) =>
      each === undefined ? [] : [{ code: each.code, message: each.message }],
    ),
  };
}

/** What they found is told as problems, for people and for agents alike. */
function checksJson({ passed, problems, tasks, durationMs, run, round }: Required<EditResult>["checked"]): JsonValue {
  return { passed, problems: [...problems], tasks, durationMs, run, round };
}

function violationJson({ code, message, path, line, hint }: Violation): JsonValue {
  return {
    ...{ code, message },
    ...(hint === undefined ? {} : { hint }),
    ...(path === undefined ? {} : { path }),
    ...(line === undefined ? {} : { line }),
  };
}
