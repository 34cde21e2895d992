import type { JsonValue } from "../core/json.ts";

/**
 * An adapter to the command line of an AI agent: a request becomes a command, a line that it prints becomes events, its end
 * becomes an outcome. Data and pure functions: the engine starts the process, watches its budget and its time, tries again,
 * and checks the reply.
 */
export interface Agent<O = unknown> {
  /** What people call it: `Claude Code`. */
  readonly title: string;
  readonly describe: string;
  readonly tool: AgentTool;
  readonly signIn: AgentSignIn;
  /** Names of further variables that it needs where they are set: the address of its vendor, its own folder. */
  readonly variables: readonly string[];
  /** Those of the variables that hold the address of its vendor: it is checked before anything is sent there. */
  readonly endpoints?: readonly string[];
  /** The process that does what is asked. */
  command(context: AgentContext<O>): AgentCommand;
  /** What one line of its standard output says; nothing of a line that it does not know. Throws nothing. */
  read(line: string): AgentLine;
  /** How it ended, of what was printed and of how the process did. */
  end(process: AgentProcess): AgentFinish;
  /** A file that it writes while it works and that says more than its output, by its session; read as it grows. */
  readonly follows?: AgentFollows<O>;
}

/** A JSON Schema. */
export type JsonSchema = { readonly [key: string]: JsonValue };

/** What an agent is asked. */
export interface AgentRequest {
  /** Goes to standard input, never into the arguments. */
  readonly prompt: string;
  /** Absolute: where it works. */
  readonly cwd: string;
  /** Absolute, private, outside `cwd`: for files that the command needs. */
  readonly folder: string;
  readonly model?: string;
  /** A reader writes nothing. */
  readonly role: "write" | "read";
  /** Globs below `cwd`, told to the vendor's own controls as far as it has some: what it changed is judged afterwards. */
  readonly writable: readonly string[];
  /** The first words of commands: `git push` is each that begins so, `*` is every one. What is denied wins. */
  readonly commands: { readonly allow: readonly string[]; readonly deny: readonly string[] };
  readonly network: boolean;
  /** What its last message must be. */
  readonly reply?: JsonSchema;
  readonly budget: AgentBudget;
  /** The session to go on with. */
  readonly resume?: string;
  /** It is started in a sandbox of the engine's: one of its own would only be in the way. */
  readonly isSandboxed?: true;
}

/** What it may take. */
export interface AgentBudget {
  readonly usd?: number;
  /** Answers of the model. */
  readonly turns?: number;
  /** Of all kinds together. */
  readonly tokens?: number;
  readonly milliseconds: number;
}

/** What `command` and `follows` are given. */
export interface AgentContext<O = unknown> {
  readonly options: O;
  readonly request: AgentRequest;
  /** How the tool's command line begins. */
  readonly tool: readonly [string, ...string[]];
  /** A Node that may be started, absolute. */
  readonly node: string;
  /** The user's folder as the agent sees it, absolute. */
  readonly home: string;
  /** The values of those of the agent's variables, keys among them, that are set. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A process for the engine to start in the request's `cwd`. */
export interface AgentCommand {
  readonly argv: readonly [string, ...string[]];
  /** Added to the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Texts by their names in the request's `folder`, written before the start. */
  readonly files: Readonly<Record<string, string>>;
  readonly stdin: string;
}

/** What one line says. */
export interface AgentLine {
  readonly events: readonly AgentEvent[];
  /** Remembered until the end, each by its name: what is said later replaces it. */
  readonly keep?: Readonly<Record<string, JsonValue>>;
  /** It is clear how this will end: the process is ended at once. */
  readonly finish?: AgentFinish;
}

/** What happens while it works. Texts are as the agent told them; paths are absolute or relative to `cwd`. */
export type AgentEvent =
  | { readonly type: "session"; readonly id: string }
  | { readonly type: "model"; readonly name: string }
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "tool-use"; readonly tool: string; readonly input: JsonValue }
  | { readonly type: "command"; readonly command: string; readonly exitCode: number | null }
  | { readonly type: "file-change"; readonly path: string; readonly change: "added" | "modified" | "deleted" }
  | { readonly type: "denied"; readonly tool: string; readonly reason: string }
  | { readonly type: "retry"; readonly reason: string; readonly delayMs?: number }
  /** A usage limit is reached, and the engine waits until then: ISO 8601. */
  | { readonly type: "parked"; readonly until: string }
  | UsageEvent
  /** Something that a person may want to know and that means nothing to the engine. */
  | { readonly type: "note"; readonly text: string };

/** What was used. */
export interface UsageEvent {
  readonly type: "usage";
  /** `call`: one answer of the model. `run`: this process. `session`: all processes of the session so far. */
  readonly of: "call" | "run" | "session";
  /** Of a call: told again with the same id it replaces what was told before. */
  readonly id?: string;
  /** Of a call: made by an agent that the agent started; it is no turn. */
  readonly isSide?: true;
  readonly usage: AgentUsage;
  /** What the vendor says that it costs. */
  readonly usd?: number;
}

/** Tokens, each counted once. */
export interface AgentUsage {
  /** Read afresh. */
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
}

/** What is left of a process that has ended. */
export interface AgentProcess {
  /** `null` where a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** All that lines kept. */
  readonly kept: Readonly<Record<string, JsonValue>>;
  /** The end of its standard error. */
  readonly stderr: string;
  /** Whether a reply by a schema was asked for. */
  readonly wantsReply: boolean;
  /** When, in milliseconds since 1970. */
  readonly endedAt: number;
}

/** How it ended. `bad-reply`: it did, but what it answered is not what was asked for. `refused`: the vendor does not want the request. */
export type AgentEnd =
  | "done"
  | "denied"
  | "budget"
  | "turn-limit"
  | "timeout"
  | "usage-limit"
  | "refused"
  | "bad-reply"
  | "crashed";

/** What the plugin makes of an end. */
export type AgentFinish =
  /** It answered; `reply` where the vendor has structured output, not checked yet. */
  | { readonly kind: "answered"; readonly text: string; readonly reply?: JsonValue }
  /** It came to no reply that fits. */
  | { readonly kind: "unfit"; readonly message: string }
  | {
      readonly kind: "ended";
      readonly end: Exclude<AgentEnd, "done" | "bad-reply">;
      readonly message: string;
      /** The same again may go well. */
      readonly isTransient?: true;
      /** The vendor wants so many milliseconds of rest. */
      readonly waitMs?: number;
      /** When a usage limit ends, ISO 8601. */
      readonly resetsAt?: string;
    };

/** A file that grows. */
export interface AgentFollows<O> {
  /** Where it lies: the file below `folder`, at any depth, whose name ends so. */
  file(session: string, context: AgentContext<O>): { readonly folder: string; readonly ending: string };
  read(line: string): AgentLine;
}

/** The command line of an agent, in the release that the plugin is made for. */
export interface AgentTool {
  /** The program's name on PATH. */
  readonly bin: string;
  /** Its package in npm's registry, and exactly one release. */
  readonly package: string;
  readonly version: string;
  /** Where native programs lie, by platform and processor as Node names them: `linux-x64`; from a `node_modules`, the first that is there. */
  readonly natives: Readonly<Record<string, readonly string[]>>;
}

/** How it can be seen that somebody is signed in: any one is enough. */
export interface AgentSignIn {
  /** Names of variables that hold a key. */
  readonly variables: readonly string[];
  /** Files below the user's folder. */
  readonly files: readonly string[];
  /** What to do where there is none, one sentence. */
  readonly hint: string;
}
