import { byCodeUnit } from "../../core/json.ts";
import { jsonText } from "../json-text.ts";
import { count } from "../numbers.ts";
import type { FindingReport, RunReport } from "../run-report.ts";
import { safeName } from "../safe-text.ts";
import type { SarifInvocation, SarifLog, SarifRule, SarifRun } from "./log.ts";
import { resultOf, ROOT_ID, ruleIdOf } from "./result.ts";
import { webUrl } from "./uri.ts";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** What an upload to GitHub takes: more is refused as a whole. */
export interface SarifLimits {
  readonly runs: number;
  readonly results: number;
  readonly tags: number;
}

/** GitHub's limits. Each result has one location, no rule is without a result, and so its other limits hold with these. */
export const GITHUB_LIMITS: SarifLimits = { runs: 20, results: 25_000, tags: 20 };

/** The findings of a run as one text of SARIF 2.1.0. */
export function sarifText(report: RunReport): string {
  return `${jsonText(sarifOf(report))}\n`;
}

/**
 * The findings of a run as SARIF 2.1.0: a run for each tool that looked for some, also where it found none, so that what
 * is mended goes away where they are shown. Within the limits; the most severe first, and what is left out is said.
 */
export function sarifOf(report: RunReport, limits: SarifLimits = GITHUB_LIMITS): SarifLog {
  const tools = byTool(report);
  const kept = tools.slice(0, limits.runs);
  const left = tools.slice(limits.runs);
  const runs = kept.map((tool, index) => {
    const notes = index === 0 && left.length > 0 ? [leftTools(left)] : [];
    return runOf(tool, { limits, notes, isSuccessful: !hasBroken(report, tool.name) });
  });
  return { $schema: SCHEMA, version: "2.1.0", runs };
}

interface Tool {
  readonly name: string;
  readonly findings: readonly FindingReport[];
}

/** By name; where there are too many those with findings come first, so that none is left out for one without. */
function byTool({ findings, tasks }: RunReport): Tool[] {
  const tools = new Map<string, FindingReport[]>();
  for (const { tool } of tasks) if (tool !== null) tools.set(nameOf(tool), []);
  // What is known is left out before what is new.
  for (const finding of [...findings.filter(({ known }) => !known), ...findings.filter(({ known }) => known)]) {
    const name = nameOf(finding.tool);
    tools.set(name, tools.get(name) ?? []);
    tools.get(name)?.push(finding);
  }
  const all = [...tools]
    .map(([name, own]): Tool => ({ name, findings: own }))
    .sort((a, b) => byCodeUnit(a.name, b.name));
  return [...all.filter((tool) => tool.findings.length > 0), ...all.filter((tool) => tool.findings.length === 0)];
}

function nameOf(tool: string): string {
  return safeName(tool, "unnamed");
}

/** A tool of which a task broke did not look everywhere. */
function hasBroken({ tasks, findings }: RunReport, name: string): boolean {
  const own = new Set(findings.flatMap(({ tool, task }) => (nameOf(tool) === name ? [task] : [])));
  return tasks.some(({ id, tool, status }) => {
    return status === "broken" && (own.has(id) || (tool !== null && nameOf(tool) === name));
  });
}

function leftTools(left: readonly Tool[]): string {
  const findings = left.reduce((sum, tool) => sum + tool.findings.length, 0);
  return `${count(left.length, "tool")} with ${count(findings, "finding")} left out: ${left.map(({ name }) => name).join(", ")}`;
}

function runOf(
  { name, findings }: Tool,
  {
    limits,
    notes,
    isSuccessful,
  }: { readonly limits: SarifLimits; readonly notes: readonly string[]; readonly isSuccessful: boolean },
): SarifRun {
  const told = findings.slice(0, limits.results);
  const rules = rulesOf(told, limits.tags);
  const places = new Map(rules.map(({ id }, index) => [id, index]));
  const rest = findings.length - told.length;
  const left =
    rest > 0 ? [`${count(rest, "finding")} left out, the least severe: the file takes no more of a tool`] : [];
  return {
    tool: { driver: { name, rules } },
    automationDetails: { id: `symbiotic/${name}/` },
    originalUriBaseIds: { [ROOT_ID]: { description: { text: "the root of the repository" } } },
    columnKind: "utf16CodeUnits",
    invocations: [invocationOf(isSuccessful, [...left, ...notes])],
    results: told.map((finding) => resultOf(finding, places)),
  };
}

function invocationOf(executionSuccessful: boolean, notes: readonly string[]): SarifInvocation {
  if (notes.length === 0) return { executionSuccessful };
  const toolExecutionNotifications = notes.map((text) => ({ level: "warning" as const, message: { text } }));
  return { executionSuccessful, toolExecutionNotifications };
}

/** The rules of these findings, sorted, each as severe as the first of its findings. */
function rulesOf(findings: readonly FindingReport[], mostTags: number): SarifRule[] {
  const rules = new Map<string, SarifRule>();
  for (const finding of findings) {
    const id = ruleIdOf(finding);
    const known = rules.get(id);
    const helpUri = webUrl(finding.helpUrl);
    if (known === undefined) rules.set(id, ruleOf(id, finding, helpUri, mostTags));
    else if (known.helpUri === undefined && helpUri !== undefined) rules.set(id, { ...known, helpUri });
  }
  return [...rules.values()].sort((a, b) => byCodeUnit(a.id, b.id));
}

function ruleOf(
  id: string,
  { tool, level, problems }: FindingReport,
  helpUri: string | undefined,
  most: number,
): SarifRule {
  const tags = tagsOf(problems).slice(0, most);
  return {
    id,
    shortDescription: { text: `${nameOf(tool)} ${id}` },
    defaultConfiguration: { level },
    ...(helpUri === undefined ? {} : { helpUri }),
    ...(tags.length === 0 ? {} : { properties: { tags } }),
  };
}

/** Weaknesses as GitHub knows them: `external/cwe/cwe-078`. */
function tagsOf(problems: readonly string[]): string[] {
  const numbers = problems.flatMap((problem) => /^CWE-(\d{1,5})$/.exec(problem)?.[1] ?? []);
  const tags = [...new Set(numbers.map((number) => `external/cwe/cwe-${number.padStart(3, "0")}`))];
  return tags.length === 0 ? [] : ["security", ...tags.sort()];
}
