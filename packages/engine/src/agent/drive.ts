import type { Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";
import type { ProcessGroups } from "../execute/process-groups.ts";
import type { Agent, AgentEnd, AgentEvent, AgentRequest, AgentUsage } from "../plugin/agent.ts";
import type { Redactor } from "../redact/redact.ts";
import type { Clock } from "./clock.ts";
import type { Prices } from "./prices.ts";

/** One agent, what it is asked, and all that driving it needs from outside. */
export interface Drive {
  readonly agent: Agent;
  /** The plugin's, parsed. */
  readonly options: JsonValue;
  readonly request: AgentRequest;
  /** How the tool's command line begins. */
  readonly tool: readonly [string, ...string[]];
  /** A Node that the agent may start, absolute. */
  readonly node: string;
  /** The user's folder as the agent has it, absolute. */
  readonly home: string;
  /** The whole environment; the command's own variables are added. */
  readonly environment: Readonly<Record<string, string>>;
  /** Puts a command line into a sandbox. */
  readonly wrap?: (argv: readonly [string, ...string[]]) => readonly [string, ...string[]];
  /** Where for us lies what the agent sees at a place; the same where it is not said. */
  readonly outside?: (path: string) => string;
  /** What the session to go on with had used before: vendors count on, and only the difference is this run's. */
  readonly known?: SessionTotals;
  readonly prices?: Prices;
  readonly retries?: Retries;
  /** How long it may wait, in all, for usage limits to be reset; not at all where it is not said. */
  readonly waitMs?: number;
  readonly groups: ProcessGroups;
  /** Absolute; made, for this user alone. The session's log goes there, redacted. */
  readonly logFolder: string;
  readonly redactor: Redactor;
  /** Told what happens, redacted, as it does. */
  readonly on?: (event: AgentEvent) => void;
  /** Ends it. */
  readonly signal?: AbortSignal;
  /** The system's where it is not said. */
  readonly clock?: Clock;
}

/** How transient failures are tried again. */
export interface Retries {
  /** How often it is started at most, for one answer. */
  readonly attempts: number;
  /** Milliseconds before the second; twice as many before each further one. */
  readonly firstMs: number;
  readonly mostMs: number;
}

/** What a session had used, all its runs together. */
export interface SessionTotals {
  readonly usage: AgentUsage;
  readonly usd?: number;
}

/** What driving an agent gave. All texts are redacted. */
export interface AgentResult {
  readonly end: AgentEnd;
  /** Why it is not done. */
  readonly problem?: Diagnostic;
  /** Its last message, where it came to one. */
  readonly text?: string;
  /** By the schema that was asked for; only where it is done. */
  readonly reply?: JsonValue;
  /** To go on with. */
  readonly session?: string;
  /** For `known` of the next run of the session. */
  readonly totals?: SessionTotals;
  /** Of this run. */
  readonly usage: AgentUsage;
  /** Absent where neither the vendor says it nor the prices of the model are known. */
  readonly cost?: { readonly usd: number; readonly estimate?: true };
  /** Answers of the model. */
  readonly turns: number;
  /** How many processes were started. */
  readonly starts: number;
  readonly denied: readonly { readonly tool: string; readonly reason: string }[];
  /** When a usage limit ends, ISO 8601. */
  readonly resetsAt?: string;
  readonly durationMs: number;
}
