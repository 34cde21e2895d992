import {
  byCodeUnit,
  rangesOf,
  rangesText,
  type LineCoverage,
  type Metric,
  type RepoPath,
} from "@symbiotic-build/engine";
import { z } from "zod";
import type { Places } from "./places.ts";
import { parseJson } from "./report.ts";

const lines = z.array(z.number().int());
const jumps = z.array(z.tuple([z.number().int(), z.number().int()]));
const fileSchema = z.object({
  executed_lines: lines,
  missing_lines: lines,
  executed_branches: jumps.optional(),
  missing_branches: jumps.optional(),
});
const coverageSchema = z.object({
  files: z.record(z.string(), fileSchema),
  totals: z.object({
    covered_lines: z.number(),
    num_statements: z.number(),
    percent_covered: z.number(),
    covered_branches: z.number().optional(),
    num_branches: z.number().optional(),
  }),
});

/** What was measured. */
export interface Coverage {
  readonly metrics: readonly Metric[];
  /** By path in the repository: the lines that ran and those that did not, as ranges: `1-4,7`. */
  readonly files: Readonly<Record<RepoPath, LineCoverage>>;
}

/** Reads coverage.py's JSON report; `undefined` where it is not whole. */
export function readCoverage(text: string, places: Places): Coverage | undefined {
  const parsed = coverageSchema.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const { files, totals } = parsed.data;
  const byPath = Object.entries(files).flatMap(([path, file]): [RepoPath, LineCoverage][] => {
    const place = places.repoPath(path);
    return place === undefined ? [] : [[place, linesOf(file)]];
  });
  return { metrics: metricsOf(totals), files: Object.fromEntries(byPath.toSorted(([a], [b]) => byCodeUnit(a, b))) };
}

function linesOf(file: z.output<typeof fileSchema>): LineCoverage {
  const { executed_branches: taken = [], missing_branches: left = [] } = file;
  const measured = {
    executed: rangesText(rangesOf(file.executed_lines)),
    missing: rangesText(rangesOf(file.missing_lines)),
  };
  if (taken.length + left.length === 0) return measured;
  return { ...measured, branches: { executed: jumpsText(taken), missing: jumpsText(left) } };
}

/** In one order, so that the same coverage is the same text. */
function jumpsText(all: z.output<typeof jumps>): string {
  const sorted = all.toSorted(([a, b], [c, d]) => a - c || b - d);
  return sorted.map(([from, to]) => `${String(from)}>${String(to)}`).join(",");
}

function metricsOf(totals: z.output<typeof coverageSchema>["totals"]): readonly Metric[] {
  const branches = totals.num_branches ?? 0;
  return [
    { name: "coverage", value: roundCovered(totals.percent_covered, 2), unit: "%" },
    { name: "covered_lines", value: totals.covered_lines, unit: "lines" },
    { name: "lines", value: totals.num_statements, unit: "lines" },
    ...(branches === 0 ? [] : [{ name: "covered_branches", value: totals.covered_branches ?? 0, unit: "branches" }]),
    ...(branches === 0 ? [] : [{ name: "branches", value: branches, unit: "branches" }]),
  ];
}

/** Rounds as coverage.py does: what is not all is never 100, what is not nothing is never 0. */
export function roundCovered(percent: number, digits: number): number {
  const step = 10 ** -digits;
  if (percent > 0 && percent < step) return step;
  if (percent < 100 && percent > 100 - step) return Number((100 - step).toFixed(digits));
  return Number(percent.toFixed(digits));
}
