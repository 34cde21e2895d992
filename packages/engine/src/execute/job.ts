import type { MessagePort } from "node:worker_threads";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import type { Command, CommandContext, Outcome } from "../plugin/atom.ts";
import type { PluginIdentity } from "../plugin/identity.ts";
import type { PluginRef } from "../plugin/load.ts";

/** One task for a worker: JSON only. The worker imports the plugin itself, and refuses it if it is not the same. */
export interface Job {
  readonly ref: PluginRef;
  readonly options: JsonValue;
  /** By this the worker knows that it has the same plugin. */
  readonly identity: PluginIdentity;
  /** The plugin's name, for messages. */
  readonly plugin: string;
  readonly atomId: string;
  /** The plugin's template that it is derived from. */
  readonly template?: string;
  readonly context: CommandContext<JsonValue, JsonValue>;
  /** Of the tasks that share the process with this one. */
  readonly others?: readonly CommandContext<JsonValue, JsonValue>[];
  /** That no code of the plugin runs: the process's exit code is its outcome. It needs no thread of its own. */
  readonly isPlain: boolean;
  /** Absent for an atom that is a function. */
  readonly command?: Command & { readonly cwd: RepoPath };
  /** What is known of the task's parts: a file to be put into the task's own folder. */
  readonly known?: { readonly file: string; readonly text: string };
  /** Absolute; native separators. */
  readonly root: string;
  /** What stands for the tokens in a command line: absolute paths of programs. */
  readonly substitutions: Readonly<Record<string, string>>;
  /** The whole environment of the process. */
  readonly variables: Readonly<Record<string, string>>;
  /** Absolute; made empty before the task starts. */
  readonly outDirectory: string;
  /** Absolute; the redacted log goes there. */
  readonly logFile: string;
  /** Values that must not be shown: of variables whose names say that they are secret. */
  readonly secretValues: readonly string[];
  /** What holds its processes: these words come before each command line, the option for its folder after them. */
  readonly held?: readonly string[];
  /** The tree of the commit that is compared with, for an atom that is `withBase`. */
  readonly base?: JobBase;
  /** The paths that `read` and `list` of an `Io` may see. */
  readonly inputs: readonly RepoPath[];
  /** The files and folders that the task owns. */
  readonly outputs: readonly RepoPath[];
}

/** A second tree in which a job's function may run commands. */
export interface JobBase {
  /** Absolute; native separators. */
  readonly root: string;
  /** The whole environment of a process there. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What a worker gives back. */
export type JobResult =
  | {
      readonly kind: "done";
      readonly outcome: Outcome;
      /** Of the tasks that shared the process, in their order. */
      readonly others?: readonly Outcome[];
      readonly exitCode: number;
    }
  /** `reason` in a few words; the diagnostic has the whole. */
  | { readonly kind: "broken"; readonly reason: string; readonly diagnostic?: Diagnostic };

/** What a process is told by that nobody knows the id of yet. */
export interface ProcessStart {
  /** Absolute. */
  readonly cwd: string;
  /** The name of its program, without folders. */
  readonly program: string;
  /** The end of its arguments, separated by NUL. */
  readonly args: string;
}

/** What a worker tells the main process while it works. The main process alone ends processes. */
export type WorkerMessage =
  /** The plugin is loaded: from now on the task's time counts. */
  | { readonly type: "working" }
  | { readonly type: "process-starting"; readonly start: ProcessStart }
  | { readonly type: "process-started"; readonly pid: number }
  | { readonly type: "process-ended"; readonly pid: number }
  | { readonly type: "line"; readonly stream: "stdout" | "stderr"; readonly line: string };

/** A job as it is handed over: the port is the worker's end. */
export interface JobEnvelope {
  readonly job: Job;
  readonly port: MessagePort;
}
