import { byCodeUnit } from "../../core/json.ts";
import type { FindingReport, RunReport } from "../run-report.ts";
import { oneLine } from "../sanitise.ts";
import type { FileGroup } from "./grouped.ts";
import { FLAGS, type FindingRow, LEVELS, type PageData } from "./page/page-data.ts";

/** What the filters ask for, of the findings in the order of the page; texts safe to show. */
export function pageData({ gates }: RunReport, groups: readonly FileGroup[]): PageData {
  const findings = groups.flatMap((group) => group.findings);
  const tools = namesOf(findings, ({ tool }) => tool);
  const projects = namesOf(findings, ({ project }) => project);
  const deciding = gates.filter((gate) => gate.findings.length > 0);
  const places = {
    tool: placesIn(tools),
    project: placesIn(projects),
    file: placesIn(groups.map(({ file }) => file)),
    gate: placesIn(deciding.map(({ id }) => id)),
  };
  return {
    tools: tools.map(oneLine),
    projects: projects.map(oneLine),
    files: groups.map(({ file }) => oneLine(file)),
    gates: deciding.map(({ id, name }) => ({ id: oneLine(id), name: oneLine(name) })),
    findings: findings.map((finding) => rowOf(finding, places)),
  };
}

type Places = Readonly<Record<"tool" | "project" | "file" | "gate", (name: string) => number>>;

function rowOf(finding: FindingReport, places: Places): FindingRow {
  const { tool, level, project, file, known, fix, gates } = finding;
  const flags = (known ? FLAGS.known : 0) + (fix?.applicability === "safe" ? FLAGS.fixable : 0);
  const decided = gates.map(places.gate).filter((gate) => gate >= 0);
  return [places.tool(tool), LEVELS.indexOf(level), places.project(project), places.file(file), flags, decided];
}

function namesOf(findings: readonly FindingReport[], name: (finding: FindingReport) => string): string[] {
  return [...new Set(findings.map(name))].sort(byCodeUnit);
}

function placesIn(names: readonly string[]): (name: string) => number {
  const places = new Map(names.map((name, index) => [name, index]));
  return (name) => places.get(name) ?? -1;
}
