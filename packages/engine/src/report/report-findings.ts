import type { GateDecided } from "../core/event.ts";
import type { RepoPath } from "../core/path.ts";
import type { TaskId } from "../core/task-id.ts";
import { type DistinctFinding, distinctFindings } from "./distinct-findings.ts";
import type { RunView } from "./run-view.ts";
import type { FindingReport, GateProjectReport, GateReport, SourceExcerpt } from "./run-report.ts";

/** The lines of a file as they were when the run saw them, redacted; undefined where it has changed since or cannot be read. */
export type SourceLines = (file: RepoPath) => readonly string[] | undefined;

/** How many lines are shown around a finding, and how many of its own at most. */
const AROUND = 3;
const MOST_OWN = 12;
const LONGEST = 500;

/** The findings and gates of a report, each of which names the other. */
export function findingsAndGates(
  view: RunView,
  projectOf: (task: TaskId) => string,
  sources: SourceLines,
): { readonly findings: readonly FindingReport[]; readonly gates: readonly GateReport[] } {
  const seen = new Set<string>();
  const distinct = distinctFindings(view.findings).filter(({ reported: { fingerprint } }) => {
    const isNew = !seen.has(fingerprint);
    seen.add(fingerprint);
    return isNew;
  });
  const standsFor = standIns(distinct);
  const gates = view.gates.map((gate) => gateReport(gate, standsFor));
  const decidedBy = new Map<string, Set<string>>();
  for (const { id, findings } of gates)
    for (const fingerprint of findings) decidedBy.set(fingerprint, (decidedBy.get(fingerprint) ?? new Set()).add(id));
  const findings = distinct.map((finding) => ({
    ...findingReport(finding, sources),
    project: projectOf(finding.task),
    gates: [...(decidedBy.get(finding.reported.fingerprint) ?? [])],
  }));
  return { findings, gates };
}

/** By each fingerprint the one that stands for it. */
function standIns(distinct: readonly DistinctFinding[]): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const { fingerprints, reported } of distinct)
    for (const each of fingerprints) if (!all.has(each)) all.set(each, reported.fingerprint);
  for (const { reported } of distinct) all.set(reported.fingerprint, reported.fingerprint);
  return all;
}

function gateReport(decided: GateDecided, standsFor: ReadonlyMap<string, string>): GateReport {
  const { id, gate, measured, wanted, verdict, required, note, projects } = decided;
  const standing = (fingerprints: readonly string[] = []): string[] => [
    ...new Set(fingerprints.flatMap((fingerprint) => standsFor.get(fingerprint) ?? [])),
  ];
  const told = projects.map((project): GateProjectReport => {
    return { ...project, note: project.note ?? null, findings: standing(project.findings) };
  });
  const findings = [...new Set([...standing(decided.findings), ...told.flatMap((project) => project.findings)])];
  return { id, name: gate, measured, wanted, verdict, required, note: note ?? null, projects: told, findings };
}

function findingReport(
  { task, reported, alsoBy }: DistinctFinding,
  sources: SourceLines,
): Omit<FindingReport, "project" | "gates"> {
  const { finding, fingerprint, known, excerpt } = reported;
  const { tool, rule, level, message, file, range, helpUrl, fix, problems } = finding;
  return {
    fingerprint,
    ...{ tool, rule, level, message, file },
    range: range ?? null,
    helpUrl: helpUrl ?? null,
    fix: fix ?? null,
    problems: problems ?? [],
    known: known ?? false,
    alsoBy,
    task,
    source: range === undefined ? null : sourceAt(range, excerpt, sources(file)),
  };
}

/** With its lines around it only where the line itself is still the one that was seen. */
function sourceAt(
  { start, end }: NonNullable<FindingReport["range"]>,
  excerpt: string | undefined,
  lines: readonly string[] | undefined,
): SourceExcerpt | null {
  const own = lines?.[start.line - 1];
  if (lines === undefined || own === undefined || (excerpt !== undefined && own !== excerpt))
    return excerpt === undefined ? null : { from: start.line, lines: [bounded(excerpt)] };
  const from = Math.max(1, start.line - AROUND);
  const last = Math.min(end?.line ?? start.line, start.line + MOST_OWN);
  return { from, lines: lines.slice(from - 1, Math.max(last, start.line) + AROUND).map(bounded) };
}

function bounded(line: string): string {
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
