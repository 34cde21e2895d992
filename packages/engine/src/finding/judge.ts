import type { Evidence, Finding } from "../core/evidence.ts";
import type { SourceTexts } from "../workspace/source-texts.ts";
import { fingerprintsOf, type FindingFingerprint } from "./fingerprint.ts";
import { type Severities, severityOf } from "./severity.ts";

/** A finding as the repository sees it. */
export interface JudgedFinding {
  /** With the severity that the configuration gives it. */
  readonly finding: Finding;
  readonly fingerprint: FindingFingerprint;
  /** It is in the baseline: told, and no gate counts it. */
  readonly isKnown: boolean;
}

/** What the configuration and the baseline say of findings. Evidence itself stays as its tool gave it: no key depends on this. */
export interface Judge {
  /** What a task found, without what is switched off. */
  judge(evidence: Evidence | undefined): readonly JudgedFinding[];
  /** The evidence that gates decide on: with severities as set, without what is known. */
  forGates(evidence: Evidence): Evidence;
  /** The fingerprint of a finding that it has judged, or gave to gates. */
  fingerprintOf(finding: Finding): FindingFingerprint | undefined;
}

/** What a judge goes by. */
export interface JudgeParts {
  readonly severities: Severities;
  /** The fingerprints in the baseline. */
  readonly known: ReadonlySet<FindingFingerprint>;
  readonly texts: Pick<SourceTexts, "source">;
}

/** Makes it. What it said of evidence once it does not work out again. */
export function createJudge({ severities, known, texts }: JudgeParts): Judge {
  const judged = new WeakMap<Evidence, readonly JudgedFinding[]>();
  const fingerprinted = new WeakMap<Finding, FindingFingerprint>();
  const hasSeverities = Object.keys(severities).length > 0;
  const judge = (evidence: Evidence | undefined): readonly JudgedFinding[] => {
    if (evidence?.findings === undefined || evidence.findings.length === 0) return [];
    const before = judged.get(evidence);
    if (before !== undefined) return before;
    const fingerprints = fingerprintsOf(evidence.findings, texts);
    const made = evidence.findings.flatMap((finding, at): JudgedFinding[] => {
      const fingerprint = fingerprints[at] ?? "";
      const level = (hasSeverities ? severityOf(finding, severities) : undefined) ?? finding.level;
      if (level === "off") return [];
      const told = { ...finding, level };
      for (const each of [finding, told]) fingerprinted.set(each, fingerprint);
      return [{ finding: told, fingerprint, isKnown: known.has(fingerprint) }];
    });
    judged.set(evidence, made);
    return made;
  };
  return {
    judge,
    fingerprintOf: (finding) => fingerprinted.get(finding),
    forGates(evidence) {
      if (evidence.findings === undefined || (!hasSeverities && known.size === 0)) return evidence;
      const findings = judge(evidence).flatMap(({ finding, isKnown }) => (isKnown ? [] : [finding]));
      return { ...evidence, findings };
    },
  };
}
