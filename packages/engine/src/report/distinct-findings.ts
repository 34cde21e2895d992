import type { Finding } from "../core/evidence.ts";
import { sortFindings } from "./findings.ts";
import type { FindingView } from "./run-view.ts";

/** A finding, and the other tools that found the same. */
export interface DistinctFinding extends FindingView {
  /** `bandit B602`, sorted; empty where no other tool did. */
  readonly alsoBy: readonly string[];
  /** The fingerprints of all findings that it stands for, its own included. */
  readonly fingerprints: readonly string[];
}

/**
 * Each problem once, most severe first. Findings are one problem where they have the same fingerprint, or where two tools
 * found it on one line under a name that both know. The more severe one stands for it; of equals the first in the order.
 */
export function distinctFindings(findings: readonly FindingView[]): DistinctFinding[] {
  const kept: Kept[] = [];
  const known = new Map<string, Kept>();
  for (const view of sortFindings(findings)) {
    const { finding, fingerprint } = view.reported;
    const names = namesOf(finding, fingerprint);
    const own: Kept = sameAs(view, names, known) ?? { view, alsoBy: new Set(), fingerprints: new Set() };
    if (own.view === view) kept.push(own);
    else if (own.view.reported.finding.tool !== finding.tool) own.alsoBy.add(`${finding.tool} ${finding.rule}`);
    own.fingerprints.add(fingerprint);
    for (const name of names) if (!known.has(name)) known.set(name, own);
  }
  return kept.map(({ view, alsoBy, fingerprints }) => {
    return { ...view, alsoBy: [...alsoBy].sort(), fingerprints: [...fingerprints] };
  });
}

/** A problem, by the finding that stands for it. */
interface Kept {
  readonly view: FindingView;
  readonly alsoBy: Set<string>;
  readonly fingerprints: Set<string>;
}

/** The problem that is known already: of another tool under one of these names, of any task under the same fingerprint. */
function sameAs(view: FindingView, names: readonly string[], known: ReadonlyMap<string, Kept>): Kept | undefined {
  const { finding, fingerprint } = view.reported;
  const same = names.flatMap((name) => known.get(name) ?? []);
  return same.find(
    ({ view: { reported } }) => reported.fingerprint === fingerprint || reported.finding.tool !== finding.tool,
  );
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
