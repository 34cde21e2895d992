import type { Diagnostic } from "../core/diagnostic.ts";
import type { Evidence, Finding, Metric, TestOutcome } from "../core/evidence.ts";
import type { JsonValue } from "../core/json.ts";
import type { Lane } from "../core/lane.ts";
import type { RepoPath } from "../core/path.ts";
import type { Result } from "../core/result.ts";
import type { TaskStatus } from "../core/status.ts";
import type { AgentAsk } from "./agent-ask.ts";
import type { PartRecord, ServedParts } from "./parts.ts";
import type { Project } from "./project.ts";
import type { ResolvedTool, ToolSpec } from "./tool.ts";

/** What every hook of an atom is given. */
export interface Context<O, F> {
  readonly options: O;
  readonly facts: F;
  readonly project: Project;
  /** Everything that this project depends on, transitively, nearest first. */
  readonly upstream: readonly Project[];
  /** What makes a derived atom this one and not another of its template; absent for an atom that is not derived. */
  readonly params?: JsonValue;
}

/** A value, or a pure function that gives it for a project. */
export type PerProject<O, F, T> = T | { hook(context: Context<O, F>): T }["hook"];

/** What `command` and `parse` are given beside it. */
export interface CommandContext<O, F> extends Context<O, F> {
  /** The tool that was found, of those that `tools` named. */
  readonly tool: ResolvedTool;
  /** The task's own folder, relative to the repository root, empty when the task starts. */
  readonly out: RepoPath;
  /** For an atom that is `ofChange`: the files of the repository that changed and are there; `null` where nothing is compared. */
  readonly changed?: readonly RepoPath[] | null;
  /** For an atom that is `withBase`: whether the project was there at the base. */
  readonly isAtBase?: boolean;
}

/** Whether an atom has anything to do in a project. */
export type Applies = boolean | { readonly skipped: string };

export interface AtomCommon<O, F> {
  /** `check`: writes only scratch and its own folder. `build`: owns its outputs. `edit`: changes sources. `effect`: touches the world. */
  readonly kind: "check" | "build" | "edit" | "effect";
  /** What it does, one line. */
  readonly describe: string;
  /** A few words for the task list: `ruff lint`. */
  readonly title: string;
  /** A unique short name that people may type. */
  readonly alias?: string;
  /** Its command depends on what changed: it is given that as `changed`. What it makes of it in its arguments is in the key. */
  readonly ofChange?: true;
  /** Its function runs commands at the base too (`at: "base"`). It is skipped where nothing is compared. */
  readonly withBase?: true;
  /** Catalogue numbers: `["031"]`. */
  readonly implements?: readonly string[];
  /** The sort of problem that it finds, or mends; `other` where it is not said. In no key. */
  readonly lane?: Lane;
  /** Of kind `edit`: ids of the checks whose findings it mends. `symbiotic fix` runs it where one of them found something. */
  readonly fixes?: readonly string[];
  /** Of kind `edit`: globs over the project's own files, relative to its root. No other file may be different afterwards. */
  edits?(context: Context<O, F>): readonly string[];
  /** Whether it has anything to do in this project; without it, always. */
  applies?(context: Context<O, F>): Applies;
  /** The tools that can do it, best first; none present makes the task `skipped`. */
  tools?(context: Context<O, F>): readonly ToolSpec[];
  /** Everything its result depends on. What is not named here is not in the key. */
  inputs(context: Context<O, F>): Inputs;
  /** The files and folders that it owns, relative to the project root. Only for kind `build`. */
  outputs?(context: Context<O, F>): readonly string[];
  /** Paths that the tool keeps between runs, relative to the project root: never captured, never in a key. */
  readonly scratch?: PerProject<O, F, readonly string[]>;
  /**
   * Atoms or targets that come first: `format` in the same project, `^build` in every project that this one depends on,
   * `web:build` in that project.
   */
  readonly dependsOn?: PerProject<O, F, readonly string[]>;
  /** Milliseconds until it is stopped; the configuration has the default. */
  readonly timeoutMs?: PerProject<O, F, number | undefined>;
  /** How often a task that failed or broke is tried again; 0 where it is not said. Never for `effect`. */
  readonly retries?: PerProject<O, F, number>;
  /** What it needs while it runs; one processor where it is not said. */
  readonly resources?: PerProject<O, F, Resources>;
  /**
   * `false`: its result is not kept, because it depends on what cannot be declared. It is still a check or a build. A
   * text does the same and says why, in a few words.
   */
  readonly cache?: PerProject<O, F, boolean | string>;
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
  /** How many tasks of this atom share a process. Only for kind `check`, and not together with `reads` or `retries`. */
  readonly batch?: Batch<O, F>;
  /** Its work has parts, of which those need not be done that were done before. Only for kind `check`, and not together with `batch`. */
  readonly parts?: Parts<O, F>;
}

/**
 * What a task that must run can leave out. The task's own key stays what it is and is looked up first. Which parts may be left out is
 * the process's to find: the engine hands it every record that it holds of them, made by the same command, options, tool and
 * variables, over any state of the input files.
 */
export interface Parts<O, F> {
  /**
   * The file in `out` that the engine writes before the process starts: `{"version":1,"parts":{"<name>":[<record>, ...]}}`, the newest
   * first. There are none where the cache is off or not to be read: then everything has to be done. With `"together":true` an audit asks for
   * all of it in one process, as the tool has it by itself; a process that does so says why in `whole` of its `selection.json`.
   */
  readonly known: string;
  /** The names of the parts, given the paths of the task's input files. Asked only for a task that must run. Pure. */
  names(context: Context<O, F>, paths: readonly RepoPath[]): readonly string[];
  /** How many records of a part, from 1 to 16; 4 where it is not said. */
  readonly max?: number;
}

/**
 * Many tasks in one process, for a tool whose start costs more than its work. Each task keeps its key and its record, and
 * nothing in them says that it shared a process: so what is made of it has to be what the task alone would give.
 */
export interface Batch<O, F> {
  /** The most tasks of one process. */
  readonly max: number;
  /** Tasks with equal keys, the same tool and the same variables may share a process; `undefined`: this one is alone. Pure. */
  key(context: CommandContext<O, F>): string | undefined;
  /** The process of two or more tasks. Its folder is the repository root where `cwd` is not said. */
  command(contexts: Batched<O, F>): Command;
  /**
   * What the process's end means for each, in the same order. Pure. After an error, a crash or a timeout each half runs again,
   * and a task that is left alone by its own `command`: an error is right for whatever cannot be told apart.
   */
  parse(result: CommandResult, contexts: Batched<O, F>): Result<readonly Outcome[], Diagnostic>;
}

/** The tasks of one process. */
export type Batched<O, F> = readonly [CommandContext<O, F>, ...CommandContext<O, F>[]];

/** An atom that is a function, run in a worker. `io` is its only access to anything. */
export interface FunctionAtom<O, F> extends AtomCommon<O, F> {
  run(io: Io, context: CommandContext<O, F>): Promise<Outcome>;
}

/**
 * An atom that an AI agent does, under the guard: of kind `edit`. It works on a copy; what it changed there is judged by the policy and
 * checked, and applied wholly or not at all. Its inputs are in its key, which only a pinned reply is kept under.
 */
export interface AgentAtom<O, F> extends AtomCommon<O, F> {
  /** What the agent is asked. Pure. `before`: the tasks that it depends on, as they ended. */
  ask(context: Context<O, F>, before: readonly Settled[]): AgentAsk;
}

/** One step: one responsibility, declared inputs, declared outputs. */
export type Atom<O = unknown, F = JsonValue> = CommandAtom<O, F> | FunctionAtom<O, F> | AgentAtom<O, F>;

/** What a task takes while it runs. It waits until that is free. */
export interface Resources {
  /** How many slots it fills, 1 where it is not said; more than there are counts as all. */
  readonly cpu?: number;
  /** Of memory, in MiB, as an estimate. */
  readonly memoryMb?: number;
  /** Names of which only one task at a time may hold each: `database`, `port-8080`. */
  readonly mutex?: readonly string[];
}

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
  /** What the project's lockfiles resolve for it and for every project that it depends on. */
  readonly resolved?: boolean;
  /** That its result differs by operating system and processor. */
  readonly platform?: boolean;
}

/** A process for the engine to start. */
export interface Command {
  /** The program and its arguments. The tool's own place comes from `context.tool.argv`. */
  readonly argv: readonly [string, ...string[]];
  /** Relative to the repository root; the project's folder where it is not said. */
  readonly cwd?: RepoPath;
  /**
   * Of an `exec` of an atom that is `withBase`: it runs in the tree of the commit that is compared with, with the environments
   * of the work tree made to find that tree's code.
   */
  readonly at?: "base";
  /** Variables that the command sets; in the key. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** `argv` begins with a line for the system's shell (`sh`, on Windows `cmd`); the words after it are added to it, quoted. */
  readonly shell?: boolean;
  /** Folders whose programs come before those on PATH, relative to the repository root; in the key, and need not exist. */
  readonly programs?: readonly RepoPath[];
  /** `data`: standard output is for `parse` alone and is not in the log. */
  readonly stdout?: "log" | "data";
  /**
   * Texts by path, relative to `out`: the engine puts them there before the process starts. In the key. Not for an `exec`, whose
   * function has `write`.
   */
  readonly files?: Readonly<Record<string, string>>;
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
  /**
   * Of an atom with `parts`: a record of each part that ran and may be left out next time, also where the task failed. Each is kept
   * unless it is as the newest one. One that has a secret in anything but a `message`, `reason`, `summary`, `hint`, `notes` or
   * `excerpt` is not.
   */
  readonly parts?: readonly PartRecord[];
  /** Of an atom with `parts`: how much was left out. */
  readonly served?: ServedParts;
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
