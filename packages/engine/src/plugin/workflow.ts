import type { Diagnostic } from "../core/diagnostic.ts";
import type { FindingReported } from "../core/event.ts";
import type { Finding } from "../core/evidence.ts";
import type { JsonValue } from "../core/json.ts";
import type { TaskStatus } from "../core/status.ts";
import type { TaskId } from "../core/task-id.ts";
import type { AgentAsk } from "./agent-ask.ts";
import type { JsonSchema } from "./agent.ts";

/**
 * Work that takes several turns, as steps: a loop is unrolled to its bound, so that all of it can be shown before it runs and
 * gone on with after a crash at the very step. Data and pure functions: the engine makes work trees, asks agents under guard, runs
 * commands and checks, commits, and talks to platforms.
 */
export interface Workflow {
  /** Short and unique: `issues`. */
  readonly name: string;
  readonly steps: readonly Step[];
  /** The platforms that its steps publish on: looked for before any step begins. */
  readonly platforms?: readonly string[];
  /** Whether all of it came to the end that was wanted. Pure. */
  passed(ended: Before): boolean;
  /** How far the work on one subject has come; asked after each of its steps. Pure. */
  progress?(subject: string, ended: Before): StepProgress;
}

/** How far the work on a subject has come. */
export interface StepProgress {
  /** Nothing more is done to it in this run. */
  readonly isDone: boolean;
  /** What agents cost so far, in dollars. */
  readonly usd: number;
  readonly isEstimate: boolean;
  /** How much is left to mend, as far as it is known. */
  readonly open: number;
}

/** One step of a workflow: a task of its graph. */
export interface Step {
  /** `issue=M3-04:review_2`. */
  readonly id: TaskId;
  /** What it is about, for people: `M3-04`. */
  readonly subject: string;
  /** A few words: `review 2`. */
  readonly title: string;
  /** The steps that come first. Whether and how they ended is what `when` looks at: no step is left out because one before it failed. */
  readonly after: readonly TaskId[];
  /** What it is made of: a step that ended is not done again where this is the same. */
  readonly key: JsonValue;
  /** The name of the tree that it opens: its work is asked for by whoever uses that tree first. */
  readonly opens?: string;
  /** Names of which only one step at a time may hold each. */
  readonly mutex?: readonly string[];
  /** Of the steps that could begin those with the smallest rank do; 0 where it is not said. */
  readonly rank?: number;
  /** What it leaves is so of the commit that its tree showed: it is done again where somebody moved the branch since. */
  readonly restsOnCommit?: true;
  /** Whether there is anything to do. Pure; without it, always. */
  when?(before: Before): true | { readonly skipped: string };
  /** What is to be done. Pure. */
  work(before: Before): StepWork;
}

/** How a step ended that comes first; undefined where it is none of the workflow. */
export type Before = (id: TaskId) => StepEnd | undefined;

/** How a step ended and what it leaves for others. */
export interface StepEnd {
  /** `broken`: it came to no end, and is done again when the workflow is gone on with. */
  readonly status: TaskStatus;
  /** A few words for its line. */
  readonly summary: string;
  /** Why it was skipped, failed or broke. */
  readonly reason?: string;
  /** By what was to be done: see the members of `StepWork`. */
  readonly data: { readonly [key: string]: JsonValue };
  /** What is wrong, with places and ways out, where it did not end well. */
  readonly diagnostics?: readonly Diagnostic[];
  /** What it found, where it looked for something: told as findings of the run. */
  readonly found?: StepFound;
}

/** What a step found. */
export interface StepFound {
  /** Who looked: the agent's name; left out where several tools did, which their findings name. */
  readonly tool?: string;
  /** In the order in which they were found. */
  readonly findings: readonly FindingReported[];
  /** Fingerprints of what steps before it found and it no longer does. */
  readonly mended: readonly string[];
}

/** What somebody found, with the places that it may be at, the likeliest first: the first that there is counts. */
export interface PlacedFinding extends Pick<Finding, "rule" | "level" | "message"> {
  readonly places: readonly Pick<Finding, "file" | "range">[];
}

/** What a step does. `tree` names a work tree that a step before it opened; what works in one leaves `head`, the commit that it then shows. */
export type StepWork =
  | OpenTree
  | AskInTree
  | RunCommands
  | RunTargets
  | WriteFiles
  | Publish
  | CloseTree
  /** It only says something of what was before it. */
  | ({ readonly kind: "tell" } & Omit<StepEnd, "status"> & { readonly status: "ok" | "failed" });

/**
 * Opens a work tree on a branch of its own; leaves `path`, `branch`, and `base`, where its own work begins: that is before `head` where work was
 * done on it earlier; `changed` is what that changed, two hundred paths at most.
 */
export interface OpenTree {
  readonly kind: "open-tree";
  readonly tree: string;
  readonly branch: string;
  /** Branches that it stands on: it begins at the first, and the others are merged; at the commit that is checked out where there is none. */
  readonly on: readonly string[];
  /** Files that others of these branches write too, a part each: where two meet, both parts stay. */
  readonly joined: readonly string[];
}

/** Asks an agent; what it changed is applied to the tree and committed. Leaves `reply`, `files`, `commit`, `session`, `cost`. */
export interface AskInTree {
  readonly kind: "ask";
  readonly tree: string;
  readonly ask: Omit<AgentAsk, "pin" | "checks" | "rounds"> & { readonly reply: JsonSchema };
  /** The message under which its change is committed. */
  readonly message: string;
  /** What its reply comes to, in a few words. Pure. */
  readonly told: (reply: JsonValue) => string;
  /** What its reply finds, where it was asked to look; of one that may write nothing. Pure. */
  readonly found?: (reply: JsonValue) => readonly PlacedFinding[];
  /** The fingerprints of what was found before and had to be mended. Those that its reply finds again are not mended. */
  readonly toMend?: readonly string[];
}

/**
 * Runs commands that a document names, one after the other, each only where the guard lets it: without a shell, in a copy of the tree, held.
 * Leaves `commands`: of each `command`, `status` and `notes`. Failed where one is not passed.
 */
export interface RunCommands {
  readonly kind: "commands";
  readonly tree: string;
  readonly commands: readonly { readonly command: string; readonly from: string }[];
}

/**
 * Runs targets on what the tree changed since its base, held. Leaves `problems` and `run`; what they find is found by this step. Failed where
 * they do not pass.
 */
export interface RunTargets {
  readonly kind: "targets";
  readonly tree: string;
  readonly names: readonly string[];
  /** The fingerprints of what was found before. Those that are not found again are mended. */
  readonly toMend?: readonly string[];
}

/** Writes files of the tree and commits them. Leaves `commit`. */
export interface WriteFiles {
  readonly kind: "write";
  readonly tree: string;
  /** What becomes of a file's text, given what it is; `null` where there is none, and where nothing is to be written. Pure. */
  readonly files: readonly WrittenFile[];
  readonly message: string;
}

/** A file that is kept by a workflow. */
export interface WrittenFile {
  readonly path: string;
  /** What becomes of its text. Pure. */
  readonly change: (text: string | null) => string | null;
  /** What is told where it cannot be written as it should be. Pure. */
  readonly problem?: (text: string | null) => Diagnostic | undefined;
}

/**
 * Sees to it that the tree's branch is at the remote, with one draft pull request into the branch that it stands on. Leaves `url`, `number`,
 * `isNew`, `commit`, and `stays`: why it stays a draft, where it was to become ready.
 */
export interface Publish {
  readonly kind: "publish";
  readonly tree: string;
  /** Where: `github`. The first that keeps stacks does so, the first that has pull requests gives them title, text and readiness. */
  readonly platforms: readonly string[];
  /** The branch that it is to go into, and stands on. */
  readonly into: string;
  readonly title: string;
  readonly body: string;
  /** The names of the checks that passed, where the draft is to be marked ready; none where it stays one. */
  readonly passed: readonly string[];
  /** A person approved that a platform asks others to review all that a branch stands on. */
  readonly isApproved: boolean;
}

/** Gives the tree back, and removes it where nothing would be lost. Leaves `removed`. */
export interface CloseTree {
  readonly kind: "close-tree";
  readonly tree: string;
  readonly keep: boolean;
}
