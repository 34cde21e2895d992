import type { JsonValue } from "./json.ts";
import type { RepoPath } from "./path.ts";

/** A stretch of a file: lines and columns from 1; `end` is exclusive. */
export interface FindingRange {
  readonly start: { readonly line: number; readonly column: number };
  readonly end?: { readonly line: number; readonly column: number };
}

/** One located diagnostic of a tool, in one schema for all tools; maps one to one to a SARIF result. */
export interface Finding {
  readonly tool: string;
  readonly rule: string;
  readonly level: "error" | "warning" | "note";
  readonly message: string;
  readonly file: RepoPath;
  readonly range?: FindingRange;
  readonly helpUrl?: string;
  /** That the tool offers a fix, and whether it promises to keep the meaning. */
  readonly fix?: { readonly applicability: "safe" | "unsafe"; readonly message?: string };
  /**
   * Names by which several tools know this problem: `CWE-78`, `bandit/B602`. Findings of two tools on one line that share a
   * name are one problem.
   */
  readonly problems?: readonly string[];
}

/** How one test ended. Durations are left out: evidence is the same whenever it is measured. */
export interface TestOutcome {
  /** As the tool's own command line takes it: `tests/test_a.py::test_b[1]`, relative to the project root. */
  readonly id: string;
  readonly outcome: "passed" | "failed" | "error" | "skipped" | "xfailed" | "xpassed";
  readonly message?: string;
  readonly file?: RepoPath;
  readonly line?: number;
  /** A command that runs just this test, from the repository root. */
  readonly repro?: string;
}

/** A measured number. `unit` is `%`, `lines`, `tests`, ... */
export interface Metric {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** Which lines of a file ran and which did not, as ranges from 1: `1-4,7`. Lines that cannot run are in neither. */
export interface LineCoverage {
  readonly executed: string;
  readonly missing: string;
  /** Where branches were measured: the jumps from line to line that were taken and that were not, `2>5,7>-1`. Out of a function leads a negative line. */
  readonly branches?: { readonly executed: string; readonly missing: string };
}

/** What a task leaves for others: canonical, with no times and no hosts in it, so that the same result is the same bytes. */
export interface Evidence {
  /** The tool that gave it, by the name under which its identity is in the key. */
  readonly tool: string;
  readonly findings?: readonly Finding[];
  readonly tests?: readonly TestOutcome[];
  readonly metrics?: readonly Metric[];
  /** What its tests reached, a file each. */
  readonly coverage?: Readonly<Record<RepoPath, LineCoverage>>;
  readonly data?: { readonly [key: string]: JsonValue };
}
