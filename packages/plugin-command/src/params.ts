import type { CommandAtoms, CommandContext, Context } from "@symbiotic-build/engine";

/** What a command atom is in one project: all of it is in the key. Lists that are empty are there too. */
export type Params = {
  /** A line for the shell, or a program and its arguments. */
  readonly command: string | readonly string[];
  /** As written, without names; `null` where nothing is said: all files of the project. */
  readonly inputs: readonly string[] | null;
  readonly globalInputs: readonly string[];
  readonly outputs: readonly string[];
  readonly scratch: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly variables: readonly string[];
};

/** The same of one that an agent does: what it may write is none of its inputs. */
export type AgentParams = Omit<Params, "command" | "env" | "variables"> & {
  readonly agent: NonNullable<CommandAtoms[string]["agent"]>;
};

/** What hooks of this plugin are given. */
export type CommandAtomContext = Context<null, null>;

/** The same for `command` and `parse`. */
export type StartContext = CommandContext<null, null>;

/** The params of a task of this plugin: `narrow` made them, so that they are what it says. */
export function paramsOf({ params }: CommandAtomContext): Params {
  return params as Params;
}

/** The params of a task that an agent does. */
export function agentParamsOf({ params }: CommandAtomContext): AgentParams {
  return params as unknown as AgentParams;
}
