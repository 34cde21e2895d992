import type { Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";
import { joinRepo, type RepoPath } from "../core/path.ts";
import { ok, type Result } from "../core/result.ts";
import { formatTaskId, taskFolder } from "../core/task-id.ts";
import type {
  Applies,
  Atom,
  Command,
  CommandAtom,
  CommandContext,
  CommandResult,
  Inputs,
  Outcome,
} from "../plugin/atom.ts";
import { ownFilesProblem } from "../plugin/own-file.ts";
import type { ResolvedTool, ToolSpec } from "../plugin/tool.ts";
import type { OwnedAtom } from "../graph/atom-index.ts";
import { inputSets } from "../graph/inputs.ts";
import type { Task } from "../graph/task.ts";
import { plainOutcome } from "../execute/plain-outcome.ts";
import { outcomeProblem } from "../execute/outcome-problem.ts";
import { createMemoryIo, type Exec } from "./memory-io.ts";
import { contextIn, type Place } from "./place.ts";

/** What a test says of the tool that was found; the rest is made up: version 1.0.0, the command line from the spec's tokens. */
export type ToolFacts = Partial<ResolvedTool>;

/** How a process ended; what is left out is 0 or empty. */
export type EndedProcess = Partial<CommandResult>;

/** What an atom that is a function is run with. */
export interface RunMore {
  readonly tool?: ToolFacts;
  /** The declared variables that are set. */
  readonly env?: Readonly<Record<string, string>>;
  /** Stands for processes; without it, starting one throws. */
  readonly exec?: Exec;
}

/** What a function left. */
export interface RunResult {
  readonly outcome: Outcome;
  /** The files it wrote, by path. */
  readonly written: Readonly<Record<RepoPath, string>>;
  readonly removed: readonly RepoPath[];
  readonly progress: readonly string[];
}

/** An atom in a project. */
export interface TestedAtom {
  readonly applies: Applies;
  /** The tools it would do with, best first; none for an atom that needs none. */
  readonly tools: readonly ToolSpec[];
  /** As the atom declares them. */
  readonly inputs: Inputs;
  /** The files of the repository that those mean, sorted: a change of one of these runs it again. */
  readonly inputFiles: readonly RepoPath[];
  /** The outputs that it owns, from the repository root. */
  readonly outputs: readonly RepoPath[];
  /** The names of its parts, of the input files that are there. Throws for an atom that has none. */
  readonly parts: readonly string[];
  /** What the engine would start. Throws for an atom that is a function. */
  command(tool?: ToolFacts): Command;
  /** What the end of that process means; where the atom has no `parse`, what the engine makes of the exit code. */
  parse(ended: EndedProcess, tool?: ToolFacts): Result<Outcome, Diagnostic>;
  /** Runs an atom that is a function, over the files in memory. Access that is not declared throws, as it fails a real task. */
  run(more?: RunMore): Promise<RunResult>;
}

/** The atom with its hooks bound to the project. */
export function testedAtom({ id, atom }: OwnedAtom, place: Place): TestedAtom {
  const context = contextIn(place);
  const task = taskOf(id, atom, place);
  const tools = atom.tools?.(context) ?? [];
  const full = (tool?: ToolFacts): CommandContext<JsonValue, JsonValue> => ({
    ...context,
    ...(atom.ofChange === true ? { changed: place.changed } : {}),
    tool: { ...(toolOf(tools[0]) ?? noTool(place)), ...tool },
    out: `.symbiotic/out/${taskFolder(task.id)}`,
  });
  const inputFiles = (): RepoPath[] => filesOf(task, place);
  const outputs = (atom.outputs?.(context) ?? []).map((path) => joinRepo(place.project.root, path));
  return {
    applies: atom.applies?.(context) ?? true,
    tools,
    inputs: atom.inputs(context),
    get inputFiles() {
      return inputFiles();
    },
    outputs,
    get parts() {
      if (!("command" in atom) || atom.parts === undefined) throw new Error(`${id} has no parts`);
      return atom.parts.names(context, inputFiles());
    },
    command(tool) {
      if (!("command" in atom)) throw new Error(`${id} is a function and starts no command of its own: use \`run\``);
      return startable(id, atom, atom.command(full(tool)));
    },
    parse(ended, tool) {
      if (!("command" in atom)) throw new Error(`${id} starts no command and parses nothing: use \`run\``);
      const result: CommandResult = { exitCode: 0, stdout: "", stderr: "", files: {}, ...ended };
      const parsed = atom.parse?.(result, full(tool)) ?? ok(plainOutcome(result, full(tool).tool.name));
      return parsed.ok ? ok(usable(id, parsed.value)) : parsed;
    },
    async run(more = {}) {
      if (!("run" in atom)) throw new Error(`${id} is a command: use \`command\` and \`parse\``);
      const own = full(more.tool);
      const memory = createMemoryIo({ files: place.files, inputs: inputFiles(), outputs, context: own, ...more });
      const returned = usable(id, await atom.run(memory.io, own));
      return { outcome: { ...returned, evidence: memory.evidence(returned.evidence) }, ...memory.left() };
    },
  };
}

/** Throws for a command whose files would break the task. */
function startable(id: string, { parts }: CommandAtom<unknown, JsonValue>, command: Command): Command {
  const why = ownFilesProblem([...Object.keys(command.files ?? {}), ...(parts === undefined ? [] : [parts.known])]);
  if (why !== undefined) throw new Error(`${id} gives a file that cannot be put into its folder: ${why}`);
  return command;
}

/** Throws for an outcome that would break the task. */
function usable(id: string, outcome: Outcome): Outcome {
  const problem = outcomeProblem(outcome);
  if (problem === undefined) return outcome;
  throw new Error(`${id} gave no outcome that can be used: ${problem}`);
}

/** The atom as a node of a graph. */
export function taskOf(atomId: string, atom: Atom, place: Place): Task {
  const { plugin, project } = place;
  const id = formatTaskId({ kind: "project", name: project.name }, atomId);
  return { id, atomId, atom, plugin, project, context: contextIn(place), dependsOn: [] };
}

function filesOf(task: Task, { files, workspace }: Place): RepoPath[] {
  const paths = inputSets(task, workspace).flatMap((set) => set.paths());
  return [...new Set(paths)].filter((path) => path in files).sort();
}

const ARGV = {
  "python-executable": () => ["{tool}"],
  "python-module": (module: string) => ["{python}", "-m", module],
  "node-module": () => ["{node}", "{module}"],
  "node-package": () => ["{node}", "{module}"],
  "path-executable": () => ["{tool}"],
} as const;

function toolOf(spec: ToolSpec | undefined): ResolvedTool | undefined {
  if (spec === undefined) return undefined;
  const [program = "", ...rest] = ARGV[spec.kind](spec.kind === "python-module" ? spec.module : "");
  const version = spec.kind === "node-module" ? spec.version : "1.0.0";
  return {
    name: spec.name,
    version,
    advisory: spec.advisory ?? false,
    detected: [],
    argv: [program, ...rest],
    origin: "a test",
  };
}

function noTool({ plugin }: Place): ResolvedTool {
  return { name: plugin.name, version: "", advisory: false, detected: [], argv: ["{tool}"], origin: "built in" };
}
