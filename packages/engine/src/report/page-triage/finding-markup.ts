import type { FindingReport } from "../run-report.ts";
import { manyLines } from "../sanitise.ts";
import { webUrl } from "../sarif/uri.ts";
import { linesMarkup, type Markup, markup, NOTHING, openIf } from "./markup.ts";
import { sourceMarkup } from "./source-markup.ts";

/** How a finding is shown. */
export interface FindingLook {
  readonly id: string;
  readonly open: boolean;
  /** What it unfolds to; null where that comes when the finding is looked at. */
  readonly inside: Markup | null;
}

/** A finding as an entry of a list: one line that unfolds. */
export function findingMarkup(finding: FindingReport, { id, open, inside }: FindingLook): Markup {
  const line = lineMarkup(finding);
  const entry = inside === null ? line : markup`<details${openIf(open)}><summary>${line}</summary>${inside}</details>`;
  return markup`<li id="${id}" class="is-${finding.level}${finding.known ? " known" : ""}">${entry}</li>
`;
}

/** Few elements: there may be tens of thousands of them. */
function lineMarkup({ level, rule, tool, range, known, fix, alsoBy, message }: FindingReport): Markup {
  const [first = ""] = manyLines(message);
  const place = range === null ? "" : `${String(range.start.line)}:${String(range.start.column)}`;
  const severity = level === "error" ? NOTHING : markup`<i>${level}</i> `;
  const by = [
    ...(known ? ["known"] : []),
    ...(fix === null ? [] : [fix.applicability === "safe" ? "fixable" : "fix to review"]),
    alsoBy.length === 0 ? tool : `${tool} +${String(alsoBy.length)}`,
  ];
  return markup`<span>${place}</span> ${severity}<b>${rule}</b> ${first} <em>${by.join(" · ")}</em>`;
}

/** What a finding unfolds to: the rest of its message, its source, and the next step. */
export function insideMarkup(finding: FindingReport, gateNames: ReadonlyMap<string, string>, around: number): Markup {
  const [, ...more] = manyLines(finding.message);
  return markup`${linesMarkup(more)}${sourceMarkup(finding, around)}${factsMarkup(finding, gateNames)}`;
}

function factsMarkup(finding: FindingReport, gateNames: ReadonlyMap<string, string>): Markup {
  const { known, alsoBy, problems, task, gates } = finding;
  const facts = [
    fixFact(finding),
    fact(gates.length === 1 ? "gate" : "gates", gates.map((gate) => gateNames.get(gate) ?? gate).join(", ")),
    fact("known", known ? "in the baseline: no gate counts it" : ""),
    fact("also found by", alsoBy.join(", ")),
    fact("problem", problems.join(", ")),
    fact("task", task),
    ruleFact(finding),
  ];
  return markup`<dl>${facts}</dl>`;
}

function fact(name: string, value: string): Markup {
  return value === "" ? NOTHING : markup`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function fixFact({ fix, tool }: FindingReport): Markup {
  if (fix === null) return NOTHING;
  const { applicability, message = "" } = fix;
  const how =
    applicability === "safe"
      ? markup`<code>symbiotic fix</code>`
      : markup`${tool} has a fix that may change what the code does`;
  return markup`<div><dt>fix</dt><dd>${message}${message === "" ? "" : ": "}${how}</dd></div>`;
}

function ruleFact({ helpUrl, rule }: FindingReport): Markup {
  const url = webUrl(helpUrl);
  if (url === undefined) return NOTHING;
  return markup`<div><dt>rule</dt><dd><a href="${url}" rel="noopener noreferrer">${rule} explained</a></dd></div>`;
}
