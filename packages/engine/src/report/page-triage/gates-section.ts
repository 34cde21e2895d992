import { count } from "../numbers.ts";
import type { GateProjectReport, GateReport, RunReport } from "../run-report.ts";
import { type Markup, markup, NOTHING } from "./markup.ts";
import { verdictBadge } from "./badge.ts";

/** The gates as a table: what was measured, what was wanted, the verdict, and what decided. */
export function gatesSection({ gates }: RunReport, anchors: ReadonlyMap<string, string>): Markup {
  if (gates.length === 0)
    return markup`<section id="gates"><h2>Gates</h2><p class="none">none was decided</p></section>`;
  return markup`<section id="gates" aria-labelledby="gates-title"><h2 id="gates-title">Gates</h2>
<table class="rows"><thead><tr><th scope="col">gate</th><th scope="col">verdict</th><th scope="col">measured</th><th scope="col">wanted</th><th scope="col">why</th></tr></thead><tbody>
${gates.map((gate) => gateRow(gate, anchors))}</tbody></table></section>`;
}

function gateRow(gate: GateReport, anchors: ReadonlyMap<string, string>): Markup {
  const { name, verdict, measured, wanted, required } = gate;
  return markup`<tr><th scope="row">${name}</th><td>${verdictBadge(verdict, required)}</td><td data-name="measured">${measured}</td><td data-name="wanted">${wanted}</td><td class="why">${noteMarkup(gate)}${decidedBy(gate, anchors)}${projectsMarkup(gate)}</td></tr>
`;
}

function noteMarkup({ note }: GateReport | GateProjectReport): Markup {
  return note === null ? NOTHING : markup`<span class="note">${note}</span> `;
}

/** To the first of them; with JavaScript, to all of them. */
function decidedBy({ id, findings }: GateReport, anchors: ReadonlyMap<string, string>): Markup {
  const first = findings.map((fingerprint) => anchors.get(fingerprint)).find((anchor) => anchor !== undefined);
  if (first === undefined) return NOTHING;
  return markup`<a href="#${first}" data-gate="${id}">${count(findings.length, "finding")}</a> `;
}

function projectsMarkup({ projects, verdict }: GateReport): Markup {
  const [only] = projects;
  if (only === undefined) return NOTHING;
  if (projects.length === 1) return markup`<span class="note">in ${only.project}</span>`;
  const bad = projects.filter((project) => project.verdict !== "pass").length;
  const said =
    verdict === "pass" || bad === 0
      ? count(projects.length, "project")
      : `${String(bad)} of ${count(projects.length, "project")}`;
  return markup`<details><summary>${said}</summary><ul>${projects.map(projectMarkup)}</ul></details>`;
}

function projectMarkup(project: GateProjectReport): Markup {
  const { verdict, required, measured } = project;
  return markup`<li>${verdictBadge(verdict, required)} <b>${project.project}</b> ${measured} ${noteMarkup(project)}</li>`;
}
