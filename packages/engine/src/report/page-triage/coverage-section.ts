import { rangesText } from "../../core/line-ranges.ts";
import { count } from "../numbers.ts";
import { pageName } from "../collect/htmlcov.ts";
import { percentOf } from "../report-coverage.ts";
import type { FileCoverage, RunReport } from "../run-report.ts";
import { rowAbout } from "./about.ts";
import { type Markup, markup, NOTHING, openIf } from "./markup.ts";

/** With more files the table is folded. */
const FEW = 200;
/** Longer lists of lines are cut; the file's own page has them all. */
const LONGEST = 160;

/** The coverage of each file, as a table that sorts. */
export function coverageSection({ coverage }: RunReport): Markup {
  if (coverage.length === 0) return NOTHING;
  const open = openIf(coverage.length <= FEW);
  return markup`<section id="coverage" aria-labelledby="coverage-title"><h2 id="coverage-title">Coverage <span class="count">${coverageText(coverage)}</span></h2>
<details class="group"${open}><summary>${count(coverage.length, "file")}</summary>
<table class="rows sortable" data-by="project file"><thead><tr><th scope="col">file</th><th scope="col">covered</th><th scope="col" class="num">lines</th><th scope="col">missing</th></tr></thead><tbody>
${coverage.map(fileRow)}</tbody></table></details></section>`;
}

/** `91.20 % of 345 lines`. */
export function coverageText(coverage: readonly FileCoverage[]): string {
  const covered = coverage.reduce((sum, file) => sum + file.covered, 0);
  const lines = coverage.reduce((sum, file) => sum + file.lines, 0);
  return `${percentOf(covered, lines).toFixed(2)} % of ${count(lines, "line")}`;
}

function fileRow({ file, projects, percent, covered, lines, missing, changed }: FileCoverage): Markup {
  const tag = changed === true ? markup` <span class="tag">changed</span>` : NOTHING;
  return markup`<tr${rowAbout({ project: projects, file: [file] })}><th scope="row"><a href="reports/htmlcov/${pageName(file)}">${file}</a>${tag}</th><td class="covered" data-sort="${percent}"><span class="bar" style="--at:${percent}%"></span><span class="percent">${percent.toFixed(2)} %</span></td><td class="num" data-sort="${lines}" data-name="lines">${covered}/${lines}</td><td class="missing" data-sort="${lines - covered}"${missing.length === 0 ? NOTHING : markup` data-name="missing"`}>${shortRanges(rangesText(missing))}</td></tr>
`;
}

function shortRanges(text: string): string {
  const spaced = text.replaceAll(",", ", ");
  return spaced.length <= LONGEST ? spaced : `${spaced.slice(0, spaced.lastIndexOf(",", LONGEST))}, …`;
}
