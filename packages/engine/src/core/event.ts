import type { Diagnostic } from "./diagnostic.ts";
import type { Finding, LineCoverage, Metric, TestOutcome } from "./evidence.ts";
import type { RepoPath } from "./path.ts";
import type { CacheState, TaskStatus, Verdict } from "./status.ts";
import type { TaskId } from "./task-id.ts";

/** What stands around each event in `events.jsonl`. `docs/schemas/event.schema.json` is made from these types. */
export interface Envelope {
  /** The version of this format. */
  readonly v: 1;
  /** The run's id. */
  readonly run: string;
  /** Counts from 0 without a gap. */
  readonly seq: number;
  /** Milliseconds since the run began. */
  readonly t: number;
  /** The task that it is about, if it is about one. */
  readonly task?: TaskId;
  readonly event: RunEvent;
}

/** Everything that happens in a run. Only reporters print, and each is an exhaustive switch over this. */
export type RunEvent =
  | RunStarted
  | ProjectAffected
  | PlanReady
  | TaskStarted
  | TaskOutput
  | TaskRetried
  | TaskFinished
  | FindingReported
  | TestReported
  | EvidenceMeasured
  | WorkProgressed
  | GateDecided
  | DiagnosticReported
  | RunFinished;

/** The first event: what will happen, and against what. */
export interface RunStarted {
  readonly type: "run-started";
  readonly version: string;
  readonly startedAt: string;
  readonly targets: readonly string[];
  readonly projects: number;
  /** How many tasks may run at once. */
  readonly slots?: number;
  /** Present with `--affected`. */
  readonly comparison?: Comparison;
  /** The files that differ from what was compared with, sorted; left out where there are more than a thousand. */
  readonly changed?: readonly RepoPath[];
  /** The reports that the configuration asks for, by the names of their formats; all without such. */
  readonly reports?: { readonly formats?: readonly string[]; readonly folder?: string };
  /** Which part of the projects this is; present with `--shard`. */
  readonly shard?: { readonly index: number; readonly count: number };
  /** The run that this one goes on with; present with `--resume`. */
  readonly resumes?: string;
  /** The rules by which validators were added to what was asked for; present where there are some. */
  readonly intents?: readonly IntentMatched[];
}

/** A rule that added validators. */
export interface IntentMatched {
  readonly intent: string;
  /** The signs by which the change has it: `label auth`. */
  readonly evidence: readonly string[];
  /** Atoms or targets that it asks for. */
  readonly add: readonly string[];
}

/** What `--affected` compared the work tree with. */
export interface Comparison {
  /** What the user or the detection named: `origin/main`. */
  readonly base: string;
  /** The commit compared with. */
  readonly commit: string;
  /** Why this base: `merge-base with origin/main`, `previous commit (on the base branch in CI)`. */
  readonly reason: string;
  readonly changedFiles: number;
}

/** A project that a change reaches, and why. */
export interface ProjectAffected {
  readonly type: "project-affected";
  readonly project: string;
  readonly reason: string;
}

/** The graph is made: what will be looked up or run. */
export interface PlanReady {
  readonly type: "plan-ready";
  readonly levels: number;
  readonly tasks: readonly PlannedTask[];
}

/** A task as the plan has it. */
export interface PlannedTask {
  readonly id: TaskId;
  readonly project: string;
  readonly atom: string;
  /** A short name for people: `ruff lint`. */
  readonly title: string;
  readonly level: number;
  readonly dependsOn: readonly TaskId[];
}

/** A task was not known and starts now. */
export interface TaskStarted {
  readonly type: "task-started";
}

/** A line that a task's process wrote; redacted; bounded in number a task. */
export interface TaskOutput {
  readonly type: "task-output";
  readonly stream: "stdout" | "stderr";
  readonly line: string;
}

/** An attempt of a task did not end well, and another follows. */
export interface TaskRetried {
  readonly type: "task-retried";
  /** The attempt that ended, from 1. */
  readonly attempt: number;
  /** How many there are at most. */
  readonly attempts: number;
  /** Why it failed or broke. */
  readonly reason: string;
  readonly durationMs: number;
  /** The log of the attempt, from the repository root. */
  readonly log: RepoPath;
}

/** A task ended, by running or from the cache. */
export interface TaskFinished {
  readonly type: "task-finished";
  readonly status: TaskStatus;
  readonly cache: CacheState;
  /** It ended well in the run that is resumed, and that result stands. */
  readonly resumed?: true;
  /** How long it ran now; 0 for a hit. */
  readonly durationMs: number;
  /** How long the run that made the record took; 0 unless a hit. */
  readonly savedMs: number;
  /** A few words for people: `184 passed, 1 failed`. */
  readonly summary: string;
  /** The tool that looked for findings, whether there are some or none; left out where the task looks for none. */
  readonly tool?: string;
  /** The fingerprints of findings that tasks before it told of the same project and that are mended since: reports hold them no more. */
  readonly mended?: readonly string[];
  /** Why it was skipped, failed or broke. */
  readonly reason?: string;
  /** How often it was tried, where that is more than once. */
  readonly attempts?: number;
  /** It ended well, and on the same inputs it did not: in an attempt before, or in an earlier run. */
  readonly flaky?: true;
  /** Why it was not served from the cache, in a line. */
  readonly missed?: string;
  /** How many of its parts were left out, as records stood for them, and how many ran; for an atom that has parts. */
  readonly served?: { readonly served: number; readonly ran: number; readonly what: string };
  readonly diagnostics?: readonly Diagnostic[];
  /** The log, from the repository root. */
  readonly log?: RepoPath;
}

/** A finding of a validator, now or replayed. */
export interface FindingReported {
  readonly type: "finding";
  readonly finding: Finding;
  /** Stays the same where lines come before it or go: 32 hexadecimal digits. */
  readonly fingerprint: string;
  /** It is in the baseline: no gate counts it. */
  readonly known?: true;
  readonly excerpt?: string;
}

/** A test that did not pass, now or replayed. */
export interface TestReported {
  readonly type: "test";
  readonly test: TestOutcome;
}

/** What a task measured, now or replayed; told before the task's end, and only where there is something. */
export interface EvidenceMeasured {
  readonly type: "measured";
  readonly metrics?: readonly Metric[];
  /** What its tests reached, a file each. */
  readonly coverage?: Readonly<Record<RepoPath, LineCoverage>>;
  /** The ids of its tests by how they ended, but for those that have an event of their own: failed ones and errors. */
  readonly tests?: TestIds;
}

/** How far a workflow has come; told after each step that changed it. */
export interface WorkProgressed {
  readonly type: "progress";
  /** What the step was about: an issue. */
  readonly subject: string;
  /** How many subjects are over, of how many. */
  readonly done: number;
  readonly total: number;
  /** What agents cost so far, in dollars, all subjects together. */
  readonly usd: number;
  readonly isEstimate: boolean;
  /** How much is left to mend in all of them, as far as it is known. */
  readonly open: number;
}

/** Ids of tests by how they ended. */
export type TestIds = { readonly [outcome in "passed" | "skipped" | "xfailed" | "xpassed"]?: readonly string[] };

/** A gate's verdict over the selected tasks. */
export interface GateDecided {
  readonly type: "gate-decided";
  /** What the configuration calls it: `lint_clean`. */
  readonly id: string;
  /** What people call it: `lint clean`. */
  readonly gate: string;
  readonly measured: string;
  readonly wanted: string;
  readonly verdict: Verdict;
  readonly required: boolean;
  /** Why it holds, or what makes it advisory. */
  readonly note?: string;
  /** The same, a project each; none where the gate is about the whole repository. */
  readonly projects: readonly GateOfProject[];
  /** The fingerprints of the findings that decided, where the gate is about the whole repository. */
  readonly findings?: readonly string[];
}

/** A gate's verdict in one project. */
export interface GateOfProject {
  readonly project: string;
  readonly measured: string;
  readonly verdict: Verdict;
  readonly required: boolean;
  readonly note?: string;
  /** The fingerprints of the findings that decided. */
  readonly findings?: readonly string[];
}

/** Something that a person must know that belongs to the run rather than to one task's end. */
export interface DiagnosticReported {
  readonly type: "diagnostic";
  readonly diagnostic: Diagnostic;
}

/** The last event: what happened, how long, and where to look. */
export interface RunFinished {
  readonly type: "run-finished";
  readonly exitCode: number;
  readonly durationMs: number;
  readonly savedMs: number;
  readonly tasks: TaskCounts;
  /** The run's folder, from the repository root. */
  readonly directory: RepoPath;
  /** Set when nothing was selected: one sentence that says why. */
  readonly nothing?: string;
  readonly interrupted?: "SIGINT" | "SIGTERM";
  /** Present where agents were asked: the entry of the audit log that closes the run, and its hash. */
  readonly audit?: AuditMark;
}

/** Where the audit log stands: whoever knows it can tell that nothing before was changed. */
export interface AuditMark {
  readonly entry: number;
  readonly head: string;
}

/** How many tasks ended how. */
export interface TaskCounts {
  readonly total: number;
  readonly ok: number;
  readonly failed: number;
  readonly broken: number;
  readonly skipped: number;
  readonly cached: number;
  /** Of the ok ones, those that also failed on the same inputs; left out where there is none. */
  readonly flaky?: number;
  /** Of the cached ones, those whose result is that of the run that is resumed; left out where there is none. */
  readonly resumed?: number;
}

/** Takes events; what a reporter is, seen from the run. */
export type Emit = (event: RunEvent, task?: TaskId) => void;

/** Makes a switch over a union exhaustive: a new member does not compile until it is dealt with. */
export function unreachable(value: never): never {
  throw new Error(`not dealt with: ${JSON.stringify(value)}`);
}
