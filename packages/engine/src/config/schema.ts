import { z } from "zod";
import { Agents, type AgentsSetting } from "./agents-schema.ts";
import { Atoms, type AtomSetting } from "./atom-schema.ts";
import { Issues, type IssuesSetting } from "./issues-schema.ts";
import { Guard, type GuardSetting } from "./guard-schema.ts";

/** What the configuration says of a gate. */
export interface GateSetting {
  readonly required?: boolean | undefined;
  readonly threshold?: number | undefined;
  /** What is other in a project, by its name. */
  readonly projects?:
    | Readonly<Record<string, { readonly required?: boolean | undefined; readonly threshold?: number | undefined }>>
    | undefined;
}

/** A member of a target: an atom by id or alias, or another target; or one of these in the projects with a tag alone. */
export type TargetMember = string | { readonly run: string; readonly tag: string };

/** The settings of a configuration file, parsed. */
export interface Settings {
  readonly $schema?: string | undefined;
  /** Presets: files (`./base.config.ts`) and packages. What comes later wins over what came before, this file over all. */
  readonly extends?: string | readonly string[] | undefined;
  readonly disable?: readonly string[] | undefined;
  readonly base?: string | undefined;
  readonly concurrency?: number | undefined;
  readonly timeout?: number | undefined;
  readonly targets?: Readonly<Record<string, readonly TargetMember[]>> | undefined;
  /** Lists of inputs by name, for `@name` in the `inputs` of atoms. */
  readonly inputs?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Globs over the whole repository: inputs of every command. */
  readonly globalInputs?: readonly string[] | undefined;
  /** Steps of this repository's own, by atom id; `false` takes one of a preset away. */
  readonly atoms?: Readonly<Record<string, false | AtomSetting>> | undefined;
  readonly gates?: Readonly<Record<string, GateSetting>> | undefined;
  /** Which agent is asked, and what its work costs. */
  readonly agents?: AgentsSetting | undefined;
  /** The loop over issue documents. */
  readonly issues?: IssuesSetting | undefined;
  /** What agents may do. */
  readonly guard?: GuardSetting | undefined;
  /** How severe findings are, by `<tool>`, `<tool>/<rule>` or `<tool>/<beginning>*`; `off`: they are none. */
  readonly severity?: Readonly<Record<string, "error" | "warning" | "note" | "off">> | undefined;
  /** Where the baseline of findings lies. */
  readonly baseline?: string | undefined;
  /** Rules by which validators are added to what was asked for, by name; `false` takes a built-in one away. */
  readonly intents?:
    | Readonly<
        Record<
          string,
          | false
          | {
              readonly paths?: readonly string[] | undefined;
              readonly labels?: readonly string[] | undefined;
              readonly words?: readonly string[] | undefined;
              readonly add: readonly string[];
            }
        >
      >
    | undefined;
  /** The reports that each run leaves, and the folder that they go to; all of them into `artifacts` where that is not said. */
  readonly reports?:
    | { readonly formats?: readonly string[] | undefined; readonly folder?: string | undefined }
    | undefined;
  readonly projects?: { readonly exclude?: readonly string[] | undefined } | undefined;
  readonly environment?: { readonly pass?: readonly string[] | undefined } | undefined;
  readonly cache?:
    | {
        readonly dir?: string | undefined;
        readonly maxBytes?: number | undefined;
        readonly maxAgeDays?: number | undefined;
      }
    | undefined;
}

const gateDemand = {
  required: z.boolean().optional().describe("Whether its verdict decides the exit code"),
  threshold: z.number().optional().describe("What it wants; what the number means is the gate's own"),
};
const gateSetting = z.strictObject({
  ...gateDemand,
  projects: z
    .record(z.string(), z.strictObject(gateDemand))
    .optional()
    .describe("What is other in a project, by its name"),
});

const intent = z.strictObject({
  paths: z.array(z.string()).optional().describe("Globs over the files that changed"),
  labels: z.array(z.string()).optional().describe("Labels of the change, whatever their case"),
  words: z.array(z.string()).optional().describe("Whole words of the request, whatever their case"),
  add: z.array(z.string()).describe("Atoms or targets to add"),
});

/** What a configuration file may hold, but for the plugins, whose options only they can check. */
const settingsSchema = z.strictObject({
  $schema: z.string().optional(),
  extends: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe("Presets: files and packages; what comes later wins, this file over all"),
  disable: z.array(z.string()).optional().describe("Names of default plugins to leave out"),
  base: z.string().optional().describe("The branch that --affected compares with"),
  concurrency: z.int().min(1).max(1024).optional().describe("How many tasks run at once"),
  timeout: z.number().positive().optional().describe("Seconds until a task is stopped, where its atom does not say"),
  targets: z
    .record(z.string(), z.array(z.union([z.string(), z.strictObject({ run: z.string(), tag: z.string() })])))
    .optional()
    .describe("Named selections of atoms, by id, alias or other target; with a tag in the projects that have it"),
  inputs: z
    .record(z.string(), z.array(z.string()))
    .optional()
    .describe("Lists of inputs by name, for @name in the inputs of atoms"),
  globalInputs: z.array(z.string()).optional().describe("Globs over the whole repository: inputs of every command"),
  atoms: Atoms.optional().describe("Steps of this repository's own, by atom id; false takes one of a preset away"),
  gates: z.record(z.string(), gateSetting).optional().describe("Settings of gates, by gate id"),
  agents: Agents.optional().describe("Which agent is asked where none is named, and what the work of models costs"),
  issues: Issues.optional().describe("The loop over issue documents: where they lie, who develops and who reviews"),
  guard: Guard.optional().describe("What agents may do: files, commands, limits, for all roles and for some"),
  intents: z
    .record(z.string(), z.union([z.literal(false), intent]))
    .optional()
    .describe("Rules by which validators are added to what was asked for; false takes a built-in one away"),
  severity: z
    .record(z.string(), z.enum(["error", "warning", "note", "off"]))
    .optional()
    .describe("How severe findings are, by tool, tool/rule or tool/beginning*; off: they are none"),
  baseline: z
    .string()
    .optional()
    .describe(
      "Where the baseline of findings lies, from the repository root; symbiotic.baseline.json where it is not said",
    ),
  reports: z
    .strictObject({
      formats: z
        .array(z.enum(["html", "sarif", "junit", "cobertura", "gitlab", "markdown", "json"]))
        .optional()
        .describe("The formats to write; all where it is not said"),
      folder: z
        .string()
        .min(1)
        .optional()
        .describe("Where they go, from the repository root; artifacts where it is not said"),
    })
    .optional()
    .describe("The reports that each run leaves when it is over"),
  projects: z
    .strictObject({
      exclude: z.array(z.string()).optional().describe("Globs of folders whose manifests are not projects"),
    })
    .optional(),
  environment: z
    .strictObject({
      pass: z.array(z.string()).optional().describe("Further variables that tasks get and that are in no key"),
    })
    .optional(),
  cache: z
    .strictObject({
      dir: z.string().optional().describe("Where the cache lies"),
      maxBytes: z.number().positive().optional().describe("Oldest records go when it is larger"),
      maxAgeDays: z.number().positive().optional().describe("Older records go"),
    })
    .optional(),
});

/** What a configuration file's settings are checked with. */
export const Settings: z.ZodType<Settings> = settingsSchema;
