import type { Installer } from "../core/installer.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import type { Result } from "../core/result.ts";
import type { TaskId } from "../core/task-id.ts";
import type { Step, StepEnd, Workflow } from "./workflow.ts";

/** A flag of a command. */
export interface OptionSpec {
  /** `optional`: its value may be left out, and is then `whenBare`. */
  readonly kind: "flag" | "value" | "optional" | "list";
  /** What stands for the value in the help: `<ref>`. */
  readonly value?: string;
  readonly short?: string;
  readonly describe: string;
  readonly whenBare?: string;
  /** The values that it takes, where it takes only some. */
  readonly oneOf?: readonly string[];
  /** That its value is a whole number from 1. */
  readonly count?: boolean;
  /** That it takes all words up to the next flag; of a list. */
  readonly many?: boolean;
  /** Not for people: in no help and no completion. */
  readonly hidden?: boolean;
}

/** What stood on the command line, parsed. */
export interface Parsed {
  readonly positionals: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** What stands behind `--`. */
  readonly rest: readonly string[];
}

/** How a command is called and what its help says. */
export interface CommandSpec {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows the name: `<target...> [options] [-- <arguments>]`. */
  readonly usage: string;
  readonly describe?: string;
  readonly positionals: { readonly least: number; readonly most: number; readonly what: string };
  readonly options: Readonly<Record<string, OptionSpec>>;
  readonly rest?: boolean;
  readonly examples: readonly (readonly [command: string, what: string])[];
}

/** A command that a package offers beside the engine's own. It has no access to anything but `io`. */
export interface OfferedCommand extends CommandSpec {
  readonly run: (parsed: Parsed, io: CommandIo) => Promise<Result<CommandAnswer, readonly Diagnostic[]>>;
}

/** What a command gives back: facts for `--json`, the same facts for people, and whether all is well. */
export interface CommandAnswer {
  readonly passed: boolean;
  readonly json?: JsonValue;
  readonly text?: string;
}

/** What an offered command may do. */
export interface CommandIo {
  /** The files of the work tree that git does not ignore, sorted. */
  readonly files: readonly RepoPath[];
  /** Tells which paths globs mean; `!` in front leaves out. */
  matcher(globs: readonly string[]): (path: RepoPath) => boolean;
  /** A file's text; undefined where there is none that can be read. */
  read(path: RepoPath): string | undefined;
  /** What the configuration says under the command's name; undefined where it says nothing. */
  readonly settings: JsonValue | undefined;
  /** The branch that is checked out; `null` where none is. */
  readonly branch: string | null;
  /** Writes files of the work tree, all of them or none: not where one is not what it was. */
  write(
    edits: readonly { readonly path: RepoPath; readonly before: string; readonly after: string }[],
  ): Promise<Result<void, Diagnostic>>;
  /** Files of the user's own, by their paths below the home; no link is followed. */
  readonly user: UserFiles;
  /** The steps of a workflow, level by level, as a table; starts nothing. */
  plan(workflow: Workflow): Result<{ readonly text: string; readonly json: JsonValue }, readonly Diagnostic[]>;
  /** What keeps a workflow from publishing on its platforms, as far as that can be seen; changes nothing, and starts no step. */
  unready(workflow: Workflow): Promise<readonly Diagnostic[]>;
  /** What is kept of the run that this one goes on with; undefined without `--resume`. */
  readonly resumed: KeptWorkflow | undefined;
  /** What is kept of a run of this command, by its id or `latest`. */
  kept(run: string): Result<KeptWorkflow, Diagnostic>;
  /** Runs a workflow to its end. */
  run(workflow: Workflow, how: WorkflowOptions): Promise<Result<WorkflowRan, readonly Diagnostic[]>>;
}

/** What the journal of a workflow's run tells, be it over or not. */
export interface KeptWorkflow {
  /** The id of the run. */
  readonly run: string;
  /** `stopped`: its process went away before its end, and it can be gone on with. */
  readonly state: "running" | "over" | "stopped";
  /** ISO 8601. */
  readonly startedAt: string;
  /** The run that has taken over what was left. */
  readonly resumedBy: string | undefined;
  /** Whether every line of its journal can be read. */
  readonly isWhole: boolean;
  /** All its steps, in their order; those of the last plan. */
  readonly plan: readonly TaskId[];
  /** The steps that were begun. */
  readonly steps: ReadonlyMap<TaskId, KeptStep>;
  /** How a step ended that has not changed since, and need not be done again. */
  endOf(step: Pick<Step, "id" | "key">): StepEnd | undefined;
}

/** A step that was begun; without an end where it goes on, or was broken off. */
export interface KeptStep {
  readonly end: StepEnd | undefined;
  /** 0 without an end. */
  readonly durationMs: number;
}

/** Access to files below the user's home. */
export interface UserFiles {
  /** Undefined where there is none that can be read. */
  read(path: string): string | undefined;
  write(path: string, text: string): Result<void, Diagnostic>;
}

/** How a workflow is run. */
export interface WorkflowOptions {
  /** How many steps at once. */
  readonly parallel: number;
  readonly skipInstalls: boolean;
  /** What may install in new work trees; all that their lockfiles ask for where it is not said. */
  readonly installs?: readonly Installer[];
  /** What is kept with the run, by file name, when it is over. Pure. */
  reports?(ends: ReadonlyMap<TaskId, StepEnd>): Readonly<Record<string, string>>;
}

/** What became of a workflow. */
export interface WorkflowRan {
  readonly passed: boolean;
  readonly ends: ReadonlyMap<TaskId, StepEnd>;
  /** The run's folder, from the repository root. */
  readonly folder: RepoPath;
}
