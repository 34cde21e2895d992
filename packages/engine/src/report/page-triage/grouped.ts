import { byCodeUnit } from "../../core/json.ts";
import type { FindingReport } from "../run-report.ts";
import { LEVELS } from "./page/page-data.ts";

/** The findings of a file, in the order of its lines. */
export interface FileGroup {
  readonly file: string;
  readonly findings: readonly FindingReport[];
  /** Whether the page opens with it unfolded. */
  readonly open: boolean;
}

/** As many findings are unfolded at first. */
const MOST_OPEN = 150;

/** By file: what decided a gate first, then what is new, then the most severe. */
export function groupedByFile(findings: readonly FindingReport[]): FileGroup[] {
  const files = Map.groupBy(findings, ({ file }) => file);
  const sorted = [...files].sort(([a, of], [b, others]) => urgency(of) - urgency(others) || byCodeUnit(a, b));
  let shown = 0;
  return sorted.map(([file, of]) => {
    const open = shown < MOST_OPEN;
    shown += of.length;
    return { file, findings: [...of].sort(byPlace), open };
  });
}

function urgency(findings: readonly FindingReport[]): number {
  return Math.min(
    ...findings.map(({ gates, known, level }) => (gates.length > 0 ? 0 : known ? 6 : 3) + LEVELS.indexOf(level)),
  );
}

function byPlace(a: FindingReport, b: FindingReport): number {
  const [x, y] = [a.range?.start ?? { line: 0, column: 0 }, b.range?.start ?? { line: 0, column: 0 }];
  return x.line - y.line || x.column - y.column || byCodeUnit(a.rule, b.rule);
}
