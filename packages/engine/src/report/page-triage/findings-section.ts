import { count } from "../numbers.ts";
import type { FindingReport, RunReport } from "../run-report.ts";
import { findingMarkup, insideMarkup } from "./finding-markup.ts";
import type { FileGroup } from "./grouped.ts";
import { htmlOf, type Markup, markup, NOTHING, openIf } from "./markup.ts";

/** With so few, all of them are unfolded. */
const FEW = 12;
/** So many are whole in the page; of the others a line is, until they are looked at. */
const MOST_WHOLE = 500;
/** Lines of source around a finding that is whole, and around one that is not. */
const AROUND = { whole: 3, later: 1 } as const;
/** With more groups, those out of sight are not laid out. */
const MANY_GROUPS = 40;

/** The section, and what the findings unfold to that are a line in it: of the last ones, in their order. */
export interface FindingsSection {
  readonly section: Markup;
  readonly later: readonly string[];
}

/** The findings by file; the filters are there for who has JavaScript. */
export function findingsSection({ findings, gates }: RunReport, groups: readonly FileGroup[]): FindingsSection {
  if (findings.length === 0) return { section: NONE, later: [] };
  const names = new Map(gates.map(({ id, name }) => [id, name]));
  const sorted = groups.flatMap((group) => group.findings);
  const later = sorted.slice(MOST_WHOLE).map((finding) => htmlOf(insideMarkup(finding, names, AROUND.later)));
  let index = 0;
  const show = (finding: FindingReport): Markup => {
    const isWhole = index < MOST_WHOLE;
    const open = isUnfolded(finding, index, findings.length);
    index += 1;
    const inside = isWhole ? insideMarkup(finding, names, AROUND.whole) : null;
    return findingMarkup(finding, { id: findingId(finding), open, inside });
  };
  const lists = groups.map((group) => groupMarkup(group, group.findings.map(show)));
  const section = markup`<section id="findings" aria-labelledby="findings-title"><h2 id="findings-title" tabindex="-1">Findings <span class="count">${levelCounts(findings)}</span></h2>
<form id="filters" role="search" aria-label="findings" hidden></form>${later.length === 0 ? NOTHING : WITHOUT_SCRIPT}
<p id="shown" role="status"></p>
<div id="groups"${groups.length > MANY_GROUPS ? markup` class="many"` : NOTHING}>
${lists}</div></section>`;
  return { section, later };
}

const NONE: Markup = markup`<section id="findings"><h2>Findings</h2><p class="none">none</p></section>`;
const WITHOUT_SCRIPT: Markup = markup`<noscript><p class="note">Without JavaScript the first ${MOST_WHOLE} findings show their source; the others are a line each.</p></noscript>`;

/** The anchor of a finding. */
export function findingId({ fingerprint }: FindingReport): string {
  return `f-${fingerprint.replace(/[^0-9A-Za-z]/g, "").slice(0, 32)}`;
}

/** `3 errors, 1 warning`. */
export function levelCounts(findings: readonly FindingReport[]): string {
  const of = (["error", "warning", "note"] as const).map(
    (level) => [findings.filter((finding) => finding.level === level).length, level] as const,
  );
  return of.flatMap(([amount, level]) => (amount === 0 ? [] : [count(amount, level)])).join(", ");
}

function isUnfolded({ gates, known }: FindingReport, index: number, all: number): boolean {
  return !known && (all <= FEW || (gates.length > 0 && index < FEW));
}

function groupMarkup({ file, findings, open }: FileGroup, rows: readonly Markup[]): Markup {
  return markup`<details class="group"${openIf(open)}><summary><h3>${file}</h3> <span class="count">${findings.length}</span></summary><ol>
${rows}</ol></details>
`;
}
