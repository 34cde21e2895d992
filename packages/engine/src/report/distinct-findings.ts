import type { Finding } from "../core/evidence.ts";
import { sortFindings } from "./findings.ts";
import type { FindingView } from "./run-view.ts";

/** A finding, and the other tools that found the same. */
export interface DistinctFinding extends FindingView {
  /** `bandit B602`, sorted; empty where no other tool did. */
  readonly alsoBy: readonly string[];
}

/**
 * Each problem once, most severe first. Findings are one problem where they have the same fingerprint, or where two tools
 * found it on one line under a name that both know. The more severe one stands for it; of equals the first in the order.
 */
export function distinctFindings(findings: readonly FindingView[]): DistinctFinding[] {
  const kept: { readonly view: FindingView; readonly alsoBy: Set<string> }[] = [];
  const known = new Map<string, (typeof kept)[number]>();
  for (const view of sortFindings(findings)) {
    const { finding, fingerprint } = view.reported;
    const names = namesOf(finding, fingerprint);
    const same = names.map((name) => known.get(name)).find((each) => each !== undefined);
    const isOther = same !== undefined && same.view.reported.finding.tool !== finding.tool;
    const isSame = same?.view.reported.fingerprint === fingerprint;
    if (isOther) same.alsoBy.add(`${finding.tool} ${finding.rule}`);
    const own = isOther || isSame ? same : { view, alsoBy: new Set<string>() };
    if (own !== undefined && own !== same) kept.push(own);
    for (const name of names) if (!known.has(name) && own !== undefined) known.set(name, own);
  }
  return kept.map(({ view, alsoBy }) => ({ ...view, alsoBy: [...alsoBy].sort() }));
}

/** Those that are not in the baseline. */
export function newFindings(findings: readonly FindingView[]): DistinctFinding[] {
  return distinctFindings(findings).filter(({ reported }) => reported.known !== true);
}

/** Those that are in the baseline. */
export function knownFindings(findings: readonly FindingView[]): DistinctFinding[] {
  return distinctFindings(findings).filter(({ reported }) => reported.known === true);
}

/** The names of a problem in its place; only where it has a line can two tools mean the same. */
function namesOf({ file, range, problems = [] }: Finding, fingerprint: string): string[] {
  const line = range?.start.line;
  const placed = line === undefined ? [] : problems.map((name) => JSON.stringify([file, line, name]));
  return [fingerprint, ...placed];
}
