import { createHash } from "node:crypto";
import type { RepoPath } from "../../core/path.ts";
import type { LineRange } from "../../core/line-ranges.ts";
import { count } from "../numbers.ts";
import { percentOf } from "../report-coverage.ts";
import type { SourceLines } from "../report-findings.ts";
import type { FileCoverage } from "../run-report.ts";
import { logLine, oneLine } from "../sanitise.ts";
import { COVERAGE_STYLE } from "./htmlcov-style.ts";

/** A page of the coverage, by its name in the folder. */
export interface CoveragePage {
  readonly name: string;
  readonly text: string;
}

/** What came of it. */
export interface CoveragePages {
  readonly pages: readonly CoveragePage[];
  /** The files whose lines are not shown, since they are not those that were measured. */
  readonly changed: readonly RepoPath[];
}

/** A longer file is measured and not shown. */
const MOST_LINES = 30_000;

/** The coverage as pages that need no script: a list of the files, and each file with its lines, where they are still those that were measured. */
export function coveragePages(coverage: readonly FileCoverage[], sources: SourceLines): CoveragePages {
  const changed: RepoPath[] = [];
  const pages = coverage.map((file): CoveragePage => {
    const lines = shownLines(file, sources(file.file));
    if (lines === undefined) changed.push(file.file);
    return { name: pageName(file.file), text: filePage(file, lines) };
  });
  return { pages: [{ name: "index.html", text: listPage(coverage) }, ...pages], changed };
}

/** Lines beyond the end of the file say that it is another one. */
function shownLines(
  { executed, missing }: FileCoverage,
  lines: readonly string[] | undefined,
): readonly string[] | undefined {
  if (lines === undefined || lines.length > MOST_LINES) return undefined;
  const last = Math.max(0, ...[...executed, ...missing].map(([, to]) => to));
  return last > lines.length ? undefined : lines;
}

/** Of any path a name of its own that every file system takes. */
export function pageName(file: RepoPath): string {
  const digest = createHash("sha256").update(file).digest("hex").slice(0, 8);
  return `${file.replace(/[^A-Za-z0-9._-]+/g, "_").slice(-80)}-${digest}.html`;
}

function listPage(coverage: readonly FileCoverage[]): string {
  const [covered, lines] = [sum(coverage, "covered"), sum(coverage, "lines")];
  const rows = coverage.map((file) => {
    const { percent } = file;
    return `<tr><td><a href="${pageName(file.file)}">${escaped(file.file)}</a></td><td>${bar(percent)}</td><td class="n">${percent.toFixed(2)} %</td><td class="n">${String(file.covered)}/${String(file.lines)}</td></tr>`;
  });
  const head = '<tr><th>file</th><th></th><th class="n">lines</th><th class="n">covered</th></tr>';
  const summary = `${percentOf(covered, lines).toFixed(2)} % · ${String(covered)} of ${count(lines, "line")} in ${count(coverage.length, "file")}`;
  return page("Coverage", [
    `<h1>Coverage</h1><p>${summary}</p>`,
    `<table><thead>${head}</thead><tbody>`,
    ...rows,
    "</tbody></table>",
  ]);
}

function filePage(file: FileCoverage, lines: readonly string[] | undefined): string {
  const facts = `${file.percent.toFixed(2)} % · ${String(file.covered)} of ${count(file.lines, "line")}`;
  const head = `<p><a href="index.html">Coverage</a></p><h1>${escaped(file.file)}</h1><p>${facts}</p>`;
  if (lines === undefined)
    return page(file.file, [
      head,
      '<p class="note">The file has changed since it was measured, or cannot be shown: its lines would be the wrong ones.</p>',
    ]);
  const states = new Map([...each(file.executed, "ran"), ...each(file.missing, "not")]);
  const rows = lines.map((line, index) => {
    const state = states.get(index + 1);
    const told = state === undefined ? "" : ` class="${state}"`;
    const sign = state === "not" ? "not run" : "";
    return `<tr${told}><td class="n">${String(index + 1)}</td><td class="s">${sign}</td><td><code>${escaped(line, logLine(line, false))}</code></td></tr>`;
  });
  return page(file.file, [head, '<table class="source"><tbody>', ...rows, "</tbody></table>"]);
}

function each(ranges: readonly LineRange[], state: string): (readonly [number, string])[] {
  return ranges.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, at) => [first + at, state] as const),
  );
}

function bar(percent: number): string {
  return `<meter min="0" max="100" value="${String(percent)}"></meter>`;
}

function page(title: string, body: readonly string[]): string {
  return [
    "<!doctype html>",
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title><style>${COVERAGE_STYLE}</style></head><body><main>`,
    ...body,
    "</main></body></html>",
    "",
  ].join("\n");
}

/** Names are one line; a source line keeps its tabs and spaces. */
function escaped(text: string, safe: string = oneLine(text)): string {
  return safe.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

function sum(files: readonly FileCoverage[], what: "covered" | "lines"): number {
  return files.reduce((total, file) => total + file[what], 0);
}
