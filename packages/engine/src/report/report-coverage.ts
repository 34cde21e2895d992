import type { EvidenceMeasured } from "../core/event.ts";
import { byCodeUnit } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import type { TaskId } from "../core/task-id.ts";
import { countLines, type LineRange, parseRanges, union, without } from "../core/line-ranges.ts";
import { addBranches, branchLines, type SeenBranches } from "./report-branches.ts";
import type { FileCoverage } from "./run-report.ts";

/** What coverage is made of. */
export interface CoverageSources {
  readonly measured: ReadonlyMap<TaskId, EvidenceMeasured>;
  readonly projectOf: (task: TaskId) => string;
  readonly changed: ReadonlySet<RepoPath> | undefined;
}

interface Seen {
  readonly projects: Set<string>;
  executed: readonly LineRange[];
  missing: readonly LineRange[];
  readonly branches: SeenBranches;
}

/** The coverage of each file, all tasks together: a line that one of them reached ran. */
export function coverageOf({ measured, projectOf, changed }: CoverageSources): FileCoverage[] {
  const files = new Map<RepoPath, Seen>();
  for (const [task, { coverage = {} }] of measured)
    for (const [file, lines] of Object.entries(coverage)) {
      const { executed, missing } = lines;
      const seen = files.get(file) ?? { projects: new Set(), executed: [], missing: [], branches: noBranches() };
      addBranches(seen.branches, lines);
      seen.projects.add(projectOf(task));
      seen.executed = union(seen.executed, parseRanges(executed));
      seen.missing = union(seen.missing, parseRanges(missing));
      files.set(file, seen);
    }
  return [...files]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([file, seen]) => ({ ...fileCoverage(file, seen), changed: changed?.has(file) ?? null }));
}

function noBranches(): SeenBranches {
  return { executed: new Set(), all: new Set() };
}

function fileCoverage(file: RepoPath, { projects, executed, missing, branches }: Seen): Omit<FileCoverage, "changed"> {
  const left = without(missing, executed);
  const covered = countLines(executed);
  const lines = covered + countLines(left);
  const percent = percentOf(covered, lines);
  return {
    ...{ file, projects: [...projects].sort(byCodeUnit), executed, missing: left, covered, lines, percent },
    branches: branchLines(branches),
  };
}

/** Per cent to two digits, 100 where there is nothing; what is not all is never 100, what is not nothing is never 0. */
export function percentOf(part: number, whole: number): number {
  if (whole === 0 || part === whole) return 100;
  if (part === 0) return 0;
  return Math.min(99.99, Math.max(0.01, Number(((100 * part) / whole).toFixed(2))));
}
