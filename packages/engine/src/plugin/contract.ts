import type { z } from "zod";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { Evidence, Finding, Metric, TestOutcome } from "../core/evidence.ts";
import type { JsonValue } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import type { Result } from "../core/result.ts";
import type { TaskStatus, Verdict } from "../core/status.ts";
import type { EnvironmentCandidate, ResolvedTool, ToolSpec } from "./tool.ts";

/**
 * What a plugin is: data, and pure functions over data. The engine spawns, hashes, caches, times out and prints, so a
 * plugin gets all of that for nothing and can be listed, documented and tested without being run.
 * Why it has this shape: docs/decisions/0001-plugin-contract.md.
 */
export interface PluginSpec<S extends z.ZodType = z.ZodType, F extends JsonValue = JsonValue> {
  /** The version of this contract. */
  readonly api: 1;
  /** Short and unique: `ruff`. What `config` and messages call it. */
  readonly name: string;
  /** `import.meta.url` of the module that defines it: from here the engine finds the package, its version and its code. */
  readonly from: string;
  /** Parses the options. What comes out must be JSON; it is in the key. */
  readonly options: S;
  /** Finds projects. */
  readonly discovery?: Discovery<z.output<S>>;
  /** Reads a project's own settings, once, for all hooks below. */
  readonly inspect?: Inspect<z.output<S>, F>;
  /** The steps it offers, by atom id (snake_case). */
  readonly atoms?: Readonly<Record<string, Atom<z.output<S>, F>>>;
  /** The decisions it offers, by gate id (snake_case). */
  readonly gates?: Readonly<Record<string, Gate<z.output<S>, F>>>;
  /** Named selections that its atoms join: `{ validate: ["run_ruff_lint"] }`. The same target of several plugins adds up. */
  readonly targets?: Readonly<Record<string, readonly string[]>>;
}

/**
 * A file and what is in it. Paths are relative to the repository root. Within a run the same file is the same object, so
 * what a plugin reads out of it can be kept in a `WeakMap`.
 */
export interface SourceText {
  readonly path: RepoPath;
  readonly text: string;
}

/** A folder with a manifest, or the repository root. */
export interface Project {
  /** Unique in the repository. */
  readonly name: string;
  readonly root: RepoPath;
  /** The manifests that it was found by. */
  readonly manifests: readonly RepoPath[];
  /** The names of the projects it depends on. */
  readonly dependsOn: readonly string[];
  /** Words to select by: `python`, `uv`. */
  readonly tags: readonly string[];
  /** Folders of other projects inside this one; their files belong to them. */
  readonly nested: readonly RepoPath[];
  /** Where its tools may be installed, most trusted first. */
  readonly environments: readonly EnvironmentCandidate[];
  /**
   * What its environments are made from beside its manifests, whether it exists or not: lockfiles, from its folder up to
   * the repository root. A change of one affects the tasks whose tools are in such an environment.
   */
  readonly locks?: readonly RepoPath[];
}

/** A project as discovery gives it; the engine adds `nested`, makes names unique and drops edges to nowhere. */
export type FoundProject = Omit<Project, "nested" | "dependsOn"> & {
  readonly dependsOn: readonly { readonly root: RepoPath; readonly because: string }[];
};

/** Finds projects from the manifests' text alone: pure, so the engine can cache it by content. */
export interface Discovery<O> {
  /** Globs over the repository's files. */
  readonly files: readonly string[];
  projects(seen: {
    readonly files: readonly SourceText[];
    /** Every path in the repository, for `setup.py`-less layouts and workspace globs. */
    readonly paths: readonly RepoPath[];
    readonly options: O;
  }): Result<readonly FoundProject[], readonly Diagnostic[]>;
}

/** Reads a project's settings into facts, which every hook of the plugin then gets. Pure. */
export interface Inspect<O, F extends JsonValue> {
  /** File names; each is looked up from the project's folder up to the repository root, all that exist are given, nearest first. */
  readonly texts: readonly string[];
  /** Globs over the project's own files; the paths that match are given. */
  readonly paths?: readonly string[];
  facts(seen: {
    readonly project: Project;
    readonly texts: readonly SourceText[];
    readonly paths: readonly RepoPath[];
    readonly options: O;
  }): Result<F, readonly Diagnostic[]>;
}

/** What every hook of an atom is given. */
export interface Context<O, F> {
  readonly options: O;
  readonly facts: F;
  readonly project: Project;
  /** Everything that this project depends on, transitively, nearest first. */
  readonly upstream: readonly Project[];
}

/** What `command` and `parse` are given beside it. */
export interface CommandContext<O, F> extends Context<O, F> {
  /** The tool that was found, of those that `tools` named. */
  readonly tool: ResolvedTool;
  /** The task's own folder, relative to the repository root, empty when the task starts. */
  readonly out: RepoPath;
}

/** Whether an atom has anything to do in a project. */
export type Applies = boolean | { readonly skipped: string };

interface AtomCommon<O, F> {
  /** `check`: writes only scratch and its own folder. `build`: owns its outputs. `edit`: changes sources. `effect`: touches the world. */
  readonly kind: "check" | "build" | "edit" | "effect";
  /** What it does, one line. */
  readonly describe: string;
  /** A few words for the task list: `ruff lint`. */
  readonly title: string;
  /** A unique short name that people may type. */
  readonly alias?: string;
  /** Catalogue numbers: `["031"]`. */
  readonly implements?: readonly string[];
  /** Whether it has anything to do in this project; without it, always. */
  applies?(context: Context<O, F>): Applies;
  /** The tools that can do it, best first; none present makes the task `skipped`. */
  tools?(context: Context<O, F>): readonly ToolSpec[];
  /** Everything its result depends on. What is not named here is not in the key. */
  inputs(context: Context<O, F>): Inputs;
  /** The files and folders that it owns, relative to the project root. Only for kind `build`. */
  outputs?(context: Context<O, F>): readonly string[];
  /** Paths that the tool keeps between runs, relative to the project root: never captured, never in a key. */
  readonly scratch?: readonly string[];
  /** Atoms that come first: `format` in the same project, `^build` in every project that this one depends on. */
  readonly dependsOn?: readonly string[];
  /** Milliseconds until it is stopped; the configuration has the default. */
  readonly timeoutMs?: number;
  /** Asked when the tasks before it have ended; a reason skips it. Pure. */
  when?(context: Context<O, F>, before: readonly Settled[]): true | { readonly skipped: string };
}

/** An atom that is a process: the engine starts it and hands what it wrote to `parse`. */
export interface CommandAtom<O, F> extends AtomCommon<O, F> {
  command(context: CommandContext<O, F>): Command;
  /** Globs of files in `out` whose text `parse` wants; what is not there is left out. */
  readonly reads?: readonly string[];
  /** What the process's end means. Without it: exit code 0 is `ok`, any other `failed`. Pure; an error makes the task `broken`. */
  parse?(result: CommandResult, context: CommandContext<O, F>): Result<Outcome, Diagnostic>;
}

/** An atom that is a function, run in a worker. `io` is its only access to anything. */
export interface FunctionAtom<O, F> extends AtomCommon<O, F> {
  run(io: Io, context: CommandContext<O, F>): Promise<Outcome>;
}

/** One step: one responsibility, declared inputs, declared outputs. */
export type Atom<O = unknown, F = JsonValue> = CommandAtom<O, F> | FunctionAtom<O, F>;

/** What an atom reads. */
export interface Inputs {
  /** Globs over the project's own files, relative to its root; `!` in front leaves out. */
  readonly files?: readonly string[];
  /** The same globs over every project it depends on, transitively: for whatever executes or type-checks their sources. */
  readonly upstreamFiles?: readonly string[];
  /** File names looked up from the project root to the repository root; where none is, that is recorded too. */
  readonly configs?: readonly string[];
  /** Globs over the whole repository: lockfiles. */
  readonly repositoryFiles?: readonly string[];
  /** Paths relative to the repository root, named literally: the only way to name an ignored file. */
  readonly literal?: readonly RepoPath[];
  /** Names of variables that are passed and are in the key; `*` at the end stands for any ending. */
  readonly variables?: readonly string[];
  /** That its result differs by operating system and processor. */
  readonly platform?: boolean;
}

/** A process for the engine to start. */
export interface Command {
  /** The program and its arguments. The tool's own place comes from `context.tool.argv`. */
  readonly argv: readonly [string, ...string[]];
  /** Relative to the repository root; the project's folder where it is not said. */
  readonly cwd?: RepoPath;
  /** Variables that the command sets; in the key. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** `data`: standard output is for `parse` alone and is not in the log. */
  readonly stdout?: "log" | "data";
}

/** What a process left. */
export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The text of each file that the atom's `reads` mean, by its path in `out`. */
  readonly files: Readonly<Record<string, string>>;
}

/** How a task ended and what it leaves. */
export interface Outcome {
  readonly status: "ok" | "failed";
  readonly evidence: Evidence;
  /** A few words for the task's line: `2 findings`. */
  readonly summary: string;
}

/** The only access that a `run` has; every call is recorded, and one outside the declaration fails the task. */
export interface Io {
  /** The text of a declared input. */
  read(path: RepoPath): Promise<string>;
  /** The declared inputs that match, sorted. */
  list(glob: string): Promise<readonly RepoPath[]>;
  /** Writes a declared output, or a file in the task's own folder. */
  write(path: RepoPath, text: string): Promise<void>;
  /** Removes a declared output. */
  remove(path: RepoPath): Promise<void>;
  /** Runs a process to its end. */
  exec(command: Command): Promise<CommandResult>;
  /** The value of a declared variable. */
  env(name: string): string | undefined;
  report(
    item:
      | { readonly finding: Finding }
      | { readonly metric: Metric }
      | { readonly test: TestOutcome }
      | { readonly progress: string },
  ): void;
}

/** A task that has ended, as gates and `when` see it. */
export interface Settled {
  readonly project: string;
  readonly atom: string;
  readonly status: TaskStatus;
  readonly reason?: string;
  /** The plugin said that this tool stands in for the project's own and binds nobody. */
  readonly advisory: boolean;
  readonly evidence?: Evidence;
}

/** A decision from evidence. The engine asks it once a project, over the tasks of that project that were selected. */
export interface Gate<O = unknown, F = JsonValue> {
  readonly describe: string;
  /** What people call it: `lint clean`. */
  readonly title: string;
  /** The atoms whose evidence it reads. */
  readonly reads: readonly string[];
  /** Whether the repository configures what it is about; if not, it is advisory unless the configuration says otherwise. */
  required(context: Context<O, F>): boolean;
  /** Pure. Called with at least one settled task; a gate that is `required` and has no evidence holds without being asked. */
  decide(input: GateInput<O, F>): GateDecision;
  /** One line over all projects; called with at least one decision. */
  total(decisions: readonly GateDecision[]): { readonly measured: string; readonly wanted: string };
}

/** What a gate decides on. */
export interface GateInput<O, F> extends Context<O, F> {
  readonly tasks: readonly Settled[];
  /** What the configuration sets for this gate, `null` where it sets nothing. */
  readonly threshold: number | null;
}

/** A gate's verdict, with what was measured and what was wanted. */
export interface GateDecision {
  readonly verdict: Verdict;
  readonly measured: string;
  readonly wanted: string;
  /** Numbers to add up in `total`. */
  readonly numbers?: Readonly<Record<string, number>>;
  readonly note?: string;
}
