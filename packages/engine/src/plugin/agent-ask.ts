import type { JsonSchema } from "./agent.ts";

/** What an agent is asked for as a task. */
export interface AgentAsk {
  /** What it is to do, in words of whoever runs it. */
  readonly task: string;
  /** `developer` where it is not said. */
  readonly role?: "developer" | "fixer" | "reviewer" | "tester";
  /** Globs from the repository root: the only files that it may write. */
  readonly write: readonly string[];
  /** Texts that others wrote, told apart from the task, as data. */
  readonly foreign?: readonly { readonly what: string; readonly text: string }[];
  /** Atoms and targets that its change has to pass before it is applied; they run in a sandbox. */
  readonly checks?: readonly string[];
  /** How often it may try to pass them. */
  readonly rounds?: number;
  /** An agent's name, or `auto`; what the configuration says where it is not said. */
  readonly agent?: string;
  /** The vendor's name of a model. */
  readonly model?: string;
  /** What it may use, in place of what the policy says. */
  readonly budget?: {
    readonly usd?: number;
    readonly turns?: number;
    readonly tokens?: number;
    readonly seconds?: number;
  };
  /** What it answers when it is done, in place of the manifest of its change. */
  readonly reply?: JsonSchema;
  /** Its change is kept under its key, and is applied again where that is the same, without asking anybody. */
  readonly pin?: boolean;
}
