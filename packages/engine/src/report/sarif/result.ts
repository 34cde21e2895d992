import { safeName, safeText } from "../safe-text.ts";
import type { FindingReport } from "../run-report.ts";
import type { SarifLocation, SarifRegion, SarifResult } from "./log.ts";
import { uriOf } from "./uri.ts";

/** What the paths of all results count from. */
export const ROOT_ID = "%SRCROOT%";

/** A finding as a result; `rules` are the ids of its tool's rules with their places. */
export function resultOf(finding: FindingReport, rules: ReadonlyMap<string, number>): SarifResult {
  const { fingerprint, level, known, task, project, gates, alsoBy, message, rule } = finding;
  const ruleId = ruleIdOf(finding);
  return {
    ruleId,
    ruleIndex: rules.get(ruleId) ?? -1,
    level,
    message: { text: withoutLinks(safeText(message, rule)) },
    locations: [locationOf(finding)],
    partialFingerprints: { "symbiotic/v1": fingerprint },
    baselineState: known ? "unchanged" : "new",
    suppressions: known ? [{ kind: "external", status: "accepted", justification: "in the baseline" }] : [],
    properties: {
      task: safeName(task, ""),
      project: safeName(project, ""),
      gates: gates.map((gate) => safeName(gate, "")),
      alsoBy: alsoBy.map((other) => safeName(other, "")),
    },
  };
}

/** The id of a finding's rule; of one without the tool's own name. */
export function ruleIdOf({ rule, tool }: Pick<FindingReport, "rule" | "tool">): string {
  return safeName(rule, safeName(tool, "unnamed"));
}

function locationOf({ file, range }: FindingReport): SarifLocation {
  const uri = uriOf(file);
  const artifactLocation = uri.startsWith("file:") ? { uri } : { uri, uriBaseId: ROOT_ID };
  return { physicalLocation: { artifactLocation, ...(range === null ? {} : { region: regionOf(range) }) } };
}

/** An end before the start says nothing. */
function regionOf({ start, end }: NonNullable<FindingReport["range"]>): SarifRegion {
  const begin = { startLine: Math.max(1, start.line), startColumn: Math.max(1, start.column) };
  const isAfter =
    end !== undefined &&
    (end.line > begin.startLine || (end.line === begin.startLine && end.column > begin.startColumn));
  return isAfter ? { ...begin, endLine: end.line, endColumn: Math.max(1, end.column) } : begin;
}

/** `[text](target)` is a link in a message: a tool's text makes none. */
function withoutLinks(text: string): string {
  return text.replaceAll("](", "] (");
}
