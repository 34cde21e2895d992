import type { JsonValue } from "../core/json.ts";
import { isInside, type RepoPath } from "../core/path.ts";
import type { Command, CommandContext, CommandResult, Io } from "../plugin/atom.ts";
import { createIo, UndeclaredAccess, type RecordedIo } from "../execute/io.ts";

/** Stands for processes. */
export type Exec = (command: Command) => Promise<CommandResult>;

/** What the access of a function in a test is made from. */
export interface MemoryIoParts {
  readonly files: Readonly<Record<RepoPath, string>>;
  readonly inputs: readonly RepoPath[];
  readonly outputs: readonly RepoPath[];
  readonly context: CommandContext<JsonValue, JsonValue>;
  readonly env?: Readonly<Record<string, string>>;
  readonly exec?: Exec;
}

/** The engine's own access, with a repository in memory under it. */
export interface MemoryIo extends RecordedIo {
  left(): {
    readonly written: Readonly<Record<RepoPath, string>>;
    readonly removed: readonly RepoPath[];
    readonly progress: readonly string[];
  };
}

/** Refuses what the engine would refuse; writes go nowhere but into `left`. */
export function createMemoryIo({
  files,
  inputs,
  outputs,
  context,
  env = {},
  exec = refuseToStart,
}: MemoryIoParts): MemoryIo {
  const written: Record<RepoPath, string> = {};
  const removed: RepoPath[] = [];
  const progress: string[] = [];
  const job = { root: "", inputs, outputs, context, variables: env, ...NO_PROCESS };
  const real = createIo(job, exec, (text) => progress.push(text));
  const known = new Set(inputs);
  const own = (path: RepoPath): RepoPath => {
    if ([context.out, ...outputs].some((folder) => isInside(folder, path))) return path;
    throw new UndeclaredAccess(`it wrote ${path}, which is none of its outputs`);
  };
  const io: Io = {
    ...real.io,
    read: async (path) => {
      if (!known.has(path)) throw new UndeclaredAccess(`it read ${path}, which is none of its inputs`);
      return Promise.resolve(files[path] ?? "");
    },
    write: async (path, text) => {
      written[own(path)] = text;
      return Promise.resolve();
    },
    remove: async (path) => {
      removed.push(own(path));
      return Promise.resolve();
    },
  };
  return { io, evidence: (returned) => real.evidence(returned), left: () => ({ written, removed, progress }) };
}

/** The parts of a job that only a real process has. */
const NO_PROCESS = {
  ref: { kind: "module", url: "", digest: "" },
  options: null,
  atomId: "",
  substitutions: {},
  outDirectory: "",
  logFile: "",
  secretValues: [],
} as const;

function refuseToStart(): never {
  throw new Error("it starts a process: say with `exec` what that gives");
}
