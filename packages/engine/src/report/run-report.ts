import type { BranchLine } from "./report-branches.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { Comparison, IntentMatched, TaskCounts } from "../core/event.ts";
import type { Finding, FindingRange, Metric, TestOutcome } from "../core/evidence.ts";
import type { RepoPath } from "../core/path.ts";
import type { Verdict } from "../core/status.ts";
import type { TaskId } from "../core/task-id.ts";
import type { LineRange } from "../core/line-ranges.ts";
import type { TaskEnd } from "./task-end.ts";

/**
 * A run in one object: what every report is made of, and nothing else. It is plain JSON. Every key is always there, `null`
 * where there is nothing to say. Durations are milliseconds, paths are relative to the repository root, lists are sorted.
 * Texts are as the tools gave them: whoever shows them makes them safe.
 */
export interface RunReport {
  readonly run: RunFacts;
  /** In the order in which they were decided. */
  readonly gates: readonly GateReport[];
  /** Each problem once, most severe first, whatever number of tools and tasks found it. */
  readonly findings: readonly FindingReport[];
  /** All of them, those that did not pass included; by task and id. */
  readonly tests: readonly TestReport[];
  /** By file. */
  readonly coverage: readonly FileCoverage[];
  /** In the order of the plan: what a task depends on stands before it. */
  readonly tasks: readonly TaskReport[];
  /** The projects that the change reaches, and why. */
  readonly affected: readonly { readonly project: string; readonly reason: string }[];
  /** The files that differ from what was compared with; `null` where nothing was compared or they are not known. */
  readonly changed: readonly RepoPath[] | null;
  /** What belongs to the run rather than to one task. */
  readonly diagnostics: readonly Diagnostic[];
}

/** How a run ended. `unfinished`: its process went away before its end, or it still goes on. */
export type RunOutcome = "passed" | "failed" | "interrupted" | "unfinished";

/** What is to be said of a run as a whole. */
export interface RunFacts {
  readonly id: string;
  readonly outcome: RunOutcome;
  /** `2 of 4 gates failed`, `all 4 gates pass`, `1 task broke`: the verdict in a few words, as its last line has it. */
  readonly verdict: string;
  readonly version: string | null;
  /** ISO 8601. */
  readonly startedAt: string | null;
  readonly durationMs: number;
  /** How long what was cached took when it ran. */
  readonly savedMs: number;
  /** `null` where the run did not come to its end. */
  readonly exitCode: number | null;
  readonly interrupted: "SIGINT" | "SIGTERM" | null;
  /** Why nothing was selected. */
  readonly nothing: string | null;
  /** Its folder. */
  readonly directory: RepoPath | null;
  readonly targets: readonly string[];
  readonly projects: number;
  readonly slots: number | null;
  readonly shard: { readonly index: number; readonly count: number } | null;
  /** The run that it went on with. */
  readonly resumes: string | null;
  readonly intents: readonly IntentMatched[];
  /** What `--affected` compared with. */
  readonly comparison: Comparison | null;
  readonly counts: TaskCounts;
}

/** A gate's verdict over the selected tasks, and in each project. */
export interface GateReport {
  /** What the configuration calls it: `lint_clean`. */
  readonly id: string;
  /** What people call it: `lint clean`. */
  readonly name: string;
  readonly measured: string;
  readonly wanted: string;
  readonly verdict: Verdict;
  /** Whether it decides the exit code; one that does not is advisory. */
  readonly required: boolean;
  /** Why it holds, or what makes it advisory. */
  readonly note: string | null;
  readonly projects: readonly GateProjectReport[];
  /** The fingerprints of the findings of this report that decided, in any project or in none. */
  readonly findings: readonly string[];
}

/** A gate's verdict in one project. */
export interface GateProjectReport {
  readonly project: string;
  readonly measured: string;
  readonly verdict: Verdict;
  readonly required: boolean;
  readonly note: string | null;
  readonly findings: readonly string[];
}

/** A problem: the finding that stands for it, and who found it as well. */
export interface FindingReport {
  /** 32 hexadecimal digits; no two findings of a report have the same. */
  readonly fingerprint: string;
  readonly tool: string;
  readonly rule: string;
  readonly level: Finding["level"];
  readonly message: string;
  readonly file: RepoPath;
  readonly range: FindingRange | null;
  readonly helpUrl: string | null;
  readonly fix: NonNullable<Finding["fix"]> | null;
  /** Names by which several tools know it: `CWE-78`. */
  readonly problems: readonly string[];
  /** It is in the baseline: no gate counts it. */
  readonly known: boolean;
  /** Other tools that found the same: `bandit B602`. */
  readonly alsoBy: readonly string[];
  readonly task: TaskId;
  readonly project: string;
  /** The ids of the gates that it decided. */
  readonly gates: readonly string[];
  /** The source at the finding with some lines around it; only its own line where the file has changed since. */
  readonly source: SourceExcerpt | null;
}

/** Lines of a source file. */
export interface SourceExcerpt {
  /** The number of the first of them. */
  readonly from: number;
  readonly lines: readonly string[];
}

/** A test, how it ended, and the task that ran it. */
export interface TestReport {
  readonly task: TaskId;
  readonly project: string;
  /** As the tool's own command line takes it. */
  readonly id: string;
  readonly outcome: TestOutcome["outcome"];
  readonly message: string | null;
  readonly file: RepoPath | null;
  readonly line: number | null;
  /** A command that runs just this test, from the repository root. */
  readonly repro: string | null;
}

/** Which lines of a file the tests of a run reached, all tasks together. */
export interface FileCoverage {
  readonly file: RepoPath;
  /** The projects whose tests measured it. */
  readonly projects: readonly string[];
  readonly executed: readonly LineRange[];
  readonly missing: readonly LineRange[];
  /** How many lines ran, of those that can. */
  readonly covered: number;
  readonly lines: number;
  /** The lines with several ways on, and how many of these were taken; empty where branches were not measured. */
  readonly branches: readonly BranchLine[];
  /** 100 where no line can run. What is not all is never 100. */
  readonly percent: number;
  /** Whether the file differs from what was compared with; `null` where that is not known. */
  readonly changed: boolean | null;
}

/** A task of the plan, or one that was told of without it. */
export interface TaskReport extends TaskEnd {
  readonly id: TaskId;
  readonly project: string;
  readonly atom: string;
  readonly title: string;
  readonly level: number;
  readonly dependsOn: readonly TaskId[];
  /** When it ran, in milliseconds since the run began; `null` where it did not. */
  readonly ran: { readonly from: number; readonly to: number } | null;
  /** The tool that looked for findings, whether there are some or none; `null` where the task looks for none. */
  readonly tool: string | null;
  readonly metrics: readonly Metric[];
}
