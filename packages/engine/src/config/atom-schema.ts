import { z } from "zod";
import { AGENT_ROLES, budget, type AgentRole, type GuardRules } from "./guard-schema.ts";

/** What a command takes while it runs. */
export interface ResourceSetting {
  /** How many slots it fills; 1 where it is not said. */
  readonly cpu?: number | undefined;
  /** Of memory, in MiB, as an estimate. */
  readonly memoryMb?: number | undefined;
  /** Names of which only one task at a time may hold each. */
  readonly mutex?: readonly string[] | undefined;
}

/** What may differ from project to project: each member takes the place of the atom's own, `env` by name. */
export interface AtomOverride {
  /** A line for the system's shell, or a program and its arguments, which no shell reads. It runs in the project's folder. */
  readonly command?: string | readonly string[] | undefined;
  /**
   * What its result depends on; all files of the project where it is not said. Globs in the project's folder; `!` takes
   * away, `/` in front counts from the repository root, `^` in front means the projects that this one depends on, `@name`
   * stands for a list of the setting `inputs`. A path without `*` also counts where git ignores it.
   */
  readonly inputs?: readonly string[] | undefined;
  /** Files and folders that it makes, relative to the project's folder: kept, and put back on a hit. */
  readonly outputs?: readonly string[] | undefined;
  /** Files and folders that it keeps for itself between runs: neither kept nor an input. */
  readonly scratch?: readonly string[] | undefined;
  /** Variables that it is given. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Variables that it is given as the caller has them; they count like inputs. `*` at the end stands for any ending. */
  readonly variables?: readonly string[] | undefined;
  /** What comes first: `format` in the same project, `^build` in those that it depends on, `web:build` in that one. */
  readonly dependsOn?: readonly string[] | undefined;
  readonly resources?: ResourceSetting | undefined;
  /** Seconds until it is stopped. */
  readonly timeout?: number | undefined;
  /** How often it is tried again after it failed. */
  readonly retries?: number | undefined;
  /** `false`: its result is not kept, it runs each time. */
  readonly cache?: boolean | undefined;
}

/** A step that an agent does in place of a command. */
export interface AgentTaskSetting {
  /** What it is to do. */
  readonly task: string;
  /** The only files that it may write: globs in the project's folder. */
  readonly write: readonly string[];
  readonly role?: AgentRole | undefined;
  /** Targets and atoms that its change has to pass before it is applied. */
  readonly checks?: readonly string[] | undefined;
  readonly rounds?: number | undefined;
  /** Which agent; what `agents.use` says where it is not said. */
  readonly use?: string | undefined;
  readonly model?: string | undefined;
  readonly budget?: GuardRules["budget"];
  /** Its change is kept, and applied again where its inputs are the same. */
  readonly pin?: boolean | undefined;
}

/** A step of a repository's own: a command, and all that its result depends on. */
export interface AtomSetting extends AtomOverride {
  /** An agent does it, and no command. */
  readonly agent?: AgentTaskSetting | undefined;
  /** What it does, one line. */
  readonly describe?: string | undefined;
  /** A few words for the task list; the id where it is not said. */
  readonly title?: string | undefined;
  /** A unique short name that people may type. */
  readonly alias?: string | undefined;
  /** Targets that it joins. */
  readonly targets?: readonly string[] | undefined;
  /** The only projects that it is for, written as for `--filter`: `web*`, `./libs/*`, `tag:node`. */
  readonly only?: readonly string[] | undefined;
  /** It touches the world outside (a push, a release): never kept and never tried again. */
  readonly effect?: boolean | undefined;
  /** `false`: it does end, although its words look as if it watched or served. Nothing else can be said here. */
  readonly persistent?: boolean | undefined;
  /** What is different in some projects, named as for `--filter`; `false` leaves them out. All that fit apply, in this order. */
  readonly projects?: Readonly<Record<string, false | AtomOverride>> | undefined;
}

/** Atoms of the configuration, ready to be bound: whole, and with no named inputs any more. */
export type CommandAtoms = Readonly<
  Record<
    string,
    AtomSetting &
      (
        | { readonly command: string | readonly string[]; readonly agent?: undefined }
        | { readonly command?: undefined; readonly agent: AgentTaskSetting }
      )
  >
>;

const strings = z.array(z.string());
const name = z.string().regex(/^[a-z][a-z0-9_]*$/, "an atom id is snake_case: letters, digits and `_`");

const override = z.strictObject({
  command: z
    .union([z.string().regex(/\S/, "must say something"), z.array(z.string()).min(1, "must name a program")])
    .optional()
    .describe("A line for the shell, or a program and its arguments, started in the project's folder"),
  inputs: strings.optional().describe("What its result depends on; all files of the project where it is not said"),
  outputs: strings.optional().describe("Files and folders that it makes, in the project's folder"),
  scratch: strings.optional().describe("Files and folders that it keeps for itself between runs"),
  env: z.record(z.string(), z.string()).optional().describe("Variables that it is given"),
  variables: strings.optional().describe("Variables that it is given as the caller has them; they count like inputs"),
  dependsOn: strings.optional().describe("What comes first: format, ^build, web:build"),
  resources: z
    .strictObject({
      cpu: z.number().positive().optional().describe("How many slots it fills"),
      memoryMb: z.number().positive().optional().describe("Of memory, in MiB, as an estimate"),
      mutex: strings.optional().describe("Names of which only one task at a time may hold each"),
    })
    .optional()
    .describe("What it takes while it runs"),
  timeout: z.number().positive().optional().describe("Seconds until it is stopped"),
  retries: z.int().min(0).max(100).optional().describe("How often it is tried again after it failed"),
  cache: z.boolean().optional().describe("false: its result is not kept, it runs each time"),
});

const agentTask = z.strictObject({
  task: z.string().regex(/\S/, "must say something").describe("What it is to do"),
  write: strings.min(1, "must name files").describe("The only files that it may write: globs in the project's folder"),
  role: z.enum(AGENT_ROLES).optional().describe("What it is there for: developer where it is not said"),
  checks: strings.optional().describe("Targets and atoms that its change has to pass before it is applied"),
  rounds: z.int().min(1).max(100).optional().describe("How often it may try to pass them; 3 where it is not said"),
  use: z.string().min(1).optional().describe("Which agent: claude, codex, auto"),
  model: z.string().min(1).optional().describe("The vendor's name of a model"),
  budget: budget.optional().describe("What it may use, in place of what the policy says"),
  pin: z.boolean().optional().describe("Its change is kept, and applied again where its inputs are the same"),
});

const atom = override.extend({
  agent: agentTask.optional().describe("An agent does it, under guard, and no command"),
  describe: z.string().optional().describe("What it does, one line"),
  title: z.string().optional().describe("A few words for the task list"),
  alias: z.string().min(1).optional().describe("A unique short name that people may type"),
  targets: strings.optional().describe("Targets that it joins"),
  only: strings.optional().describe("The only projects that it is for, written as for --filter"),
  effect: z.boolean().optional().describe("It touches the world outside: never kept, never tried again"),
  persistent: z.boolean().optional().describe("false: it does end, although it looks as if it watched or served"),
  projects: z
    .record(z.string(), z.union([z.literal(false), override]))
    .optional()
    .describe("What is different in some projects, named as for --filter; false leaves them out"),
});

/** What the setting `atoms` is checked with; `false` takes an atom of a preset away. */
export const Atoms: z.ZodType<Readonly<Record<string, false | AtomSetting>>> = z.record(
  name,
  z.union([z.literal(false), atom]),
);
