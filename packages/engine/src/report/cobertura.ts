import { nameOf, parentOf } from "../core/path.ts";
import { byCodeUnit } from "../core/json.ts";
import type { LineRange } from "../core/line-ranges.ts";
import type { BranchLine } from "./report-branches.ts";
import type { FileCoverage, RunReport } from "./run-report.ts";
import { safeName } from "./safe-text.ts";
import { xmlText, type XmlElement } from "./xml.ts";

/** The coverage of a run as Cobertura XML: a package for each folder, a class for each file, paths from the repository root. */
export function coberturaText({ coverage, run }: RunReport): string {
  const folders = Map.groupBy(coverage, ({ file }) => parentOf(file));
  const packages = [...folders].sort(([a], [b]) => byCodeUnit(a, b)).map(([folder, files]) => packageOf(folder, files));
  const attributes = {
    "line-rate": rate(coverage),
    "branch-rate": branchRate(coverage),
    "lines-covered": sum(coverage, "covered"),
    "lines-valid": sum(coverage, "lines"),
    "branches-covered": sumOfBranches(coverage, "covered"),
    "branches-valid": sumOfBranches(coverage, "branches"),
    complexity: "0",
    version: safeName(run.version ?? "", "0"),
    timestamp: timeOf(run.startedAt),
  };
  const sources: XmlElement = {
    name: "sources",
    attributes: {},
    children: [{ name: "source", attributes: {}, text: "." }],
  };
  const children = [sources, { name: "packages", attributes: {}, children: packages }];
  return xmlText({ name: "coverage", attributes, children });
}

function packageOf(folder: string, files: readonly FileCoverage[]): XmlElement {
  const name = folder === "." ? "." : folder.replaceAll("/", ".");
  const rates = { "line-rate": rate(files), "branch-rate": branchRate(files), complexity: "0" };
  const attributes = { name: safeName(name, "."), ...rates };
  return { name: "package", attributes, children: [{ name: "classes", attributes: {}, children: files.map(classOf) }] };
}

function classOf(file: FileCoverage): XmlElement {
  const path = safeName(file.file, "unnamed");
  const attributes = {
    name: nameOf(path),
    filename: path,
    "line-rate": rate([file]),
    "branch-rate": branchRate([file]),
    complexity: "0",
  };
  const lines = [...linesOf(file.executed, 1), ...linesOf(file.missing, 0)].sort((a, b) => a.line - b.line);
  const branches = new Map(file.branches.map((each) => [each.line, each]));
  const children = lines.map(({ line, hits }) => lineOf({ number: line, hits }, branches.get(line)));
  return {
    name: "class",
    attributes,
    children: [
      { name: "methods", attributes: {} },
      { name: "lines", attributes: {}, children },
    ],
  };
}

/** A line with several ways on has one condition: coverage tools do not tell which of its parts decided. */
function lineOf(attributes: { readonly number: number; readonly hits: 0 | 1 }, branch?: BranchLine): XmlElement {
  if (branch === undefined) return { name: "line", attributes };
  const { covered, branches } = branch;
  const percent = `${String(Math.floor((100 * covered) / branches))}%`;
  const condition = { name: "condition", attributes: { number: 0, type: "jump", coverage: percent } };
  return {
    name: "line",
    attributes: {
      ...attributes,
      branch: "true",
      "condition-coverage": `${percent} (${String(covered)}/${String(branches)})`,
    },
    children: [{ name: "conditions", attributes: {}, children: [condition] }],
  };
}

function linesOf(ranges: readonly LineRange[], hits: 0 | 1): { readonly line: number; readonly hits: 0 | 1 }[] {
  return ranges.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, at) => ({ line: first + at, hits })),
  );
}

/** 1 where no line can run. */
function rate(files: readonly FileCoverage[]): string {
  const lines = sum(files, "lines");
  return lines === 0 ? "1" : ratio(sum(files, "covered"), lines);
}

/** 0 where no branches were measured, as other tools have it. */
function branchRate(files: readonly FileCoverage[]): string {
  const branches = sumOfBranches(files, "branches");
  return branches === 0 ? "0" : ratio(sumOfBranches(files, "covered"), branches);
}

/** What is not all is never 1. */
function ratio(part: number, whole: number): string {
  return part === whole ? "1" : String(Math.min(0.9999, Number((part / whole).toFixed(4))));
}

function sumOfBranches(files: readonly FileCoverage[], what: "covered" | "branches"): number {
  return files.flatMap(({ branches }) => branches).reduce((total, line) => total + line[what], 0);
}

function sum(files: readonly FileCoverage[], what: "covered" | "lines"): number {
  return files.reduce((total, file) => total + file[what], 0);
}

function timeOf(startedAt: string | null): number {
  const time = Date.parse(startedAt ?? "");
  return Number.isFinite(time) ? time : 0;
}
