import { parentOf } from "../core/path.ts";
import { byCodeUnit } from "../core/json.ts";
import type { LineRange } from "../core/line-ranges.ts";
import type { FileCoverage, RunReport } from "./run-report.ts";
import { safeName } from "./safe-text.ts";
import { xmlText, type XmlElement } from "./xml.ts";

/** The coverage of a run as Cobertura XML: a package for each folder, a class for each file, paths from the repository root. */
export function coberturaText({ coverage, run }: RunReport): string {
  const folders = Map.groupBy(coverage, ({ file }) => parentOf(file));
  const packages = [...folders].sort(([a], [b]) => byCodeUnit(a, b)).map(([folder, files]) => packageOf(folder, files));
  const attributes = {
    "line-rate": rate(coverage),
    "branch-rate": "0",
    "lines-covered": sum(coverage, "covered"),
    "lines-valid": sum(coverage, "lines"),
    "branches-covered": 0,
    "branches-valid": 0,
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
  const attributes = { name: safeName(name, "."), "line-rate": rate(files), "branch-rate": "0", complexity: "0" };
  return { name: "package", attributes, children: [{ name: "classes", attributes: {}, children: files.map(classOf) }] };
}

function classOf(file: FileCoverage): XmlElement {
  const path = safeName(file.file, "unnamed");
  const attributes = {
    name: path.slice(path.lastIndexOf("/") + 1),
    filename: path,
    "line-rate": rate([file]),
    "branch-rate": "0",
    complexity: "0",
  };
  const lines = [...linesOf(file.executed, 1), ...linesOf(file.missing, 0)].sort((a, b) => a.line - b.line);
  const children = lines.map(({ line, hits }) => ({ name: "line", attributes: { number: line, hits } }));
  return {
    name: "class",
    attributes,
    children: [
      { name: "methods", attributes: {} },
      { name: "lines", attributes: {}, children },
    ],
  };
}

function linesOf(ranges: readonly LineRange[], hits: 0 | 1): { readonly line: number; readonly hits: 0 | 1 }[] {
  return ranges.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, at) => ({ line: first + at, hits })),
  );
}

/** 1 where no line can run; what is not all is never 1. */
function rate(files: readonly FileCoverage[]): string {
  const [covered, lines] = [sum(files, "covered"), sum(files, "lines")];
  if (lines === 0 || covered === lines) return "1";
  return String(Math.min(0.9999, Number((covered / lines).toFixed(4))));
}

function sum(files: readonly FileCoverage[], what: "covered" | "lines"): number {
  return files.reduce((total, file) => total + file[what], 0);
}

function timeOf(startedAt: string | null): number {
  const time = Date.parse(startedAt ?? "");
  return Number.isFinite(time) ? time : 0;
}
