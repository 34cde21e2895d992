import { z } from "zod";

/** The roles that an agent may have. */
export const AGENT_ROLES = ["developer", "fixer", "reviewer", "tester"] as const;

/** What an agent is there for; it decides what is allowed where nothing else is said. */
export type AgentRole = (typeof AGENT_ROLES)[number];

/** A text that no change may add. */
export interface PatternSetting {
  /** Looked for as it stands, whatever its case; white space in it stands for any. */
  readonly text: string;
  /** Globs of the files in which it is looked for; all of them where it is not said. */
  readonly files?: readonly string[] | undefined;
  /** Why it may not be there. */
  readonly message?: string | undefined;
}

/** What agents may do, as far as the configuration says something other than the default. */
export interface GuardRules {
  /** Globs over the repository: the only files that may be written. */
  readonly write?: readonly string[] | undefined;
  /** Globs of files that may not be written, beside those of the default; whatever their case. */
  readonly protect?: readonly string[] | undefined;
  /** Globs out of the protected ones that may be written after all; git's and our own folders stay protected. */
  readonly unprotect?: readonly string[] | undefined;
  readonly commands?:
    | {
        /** The only commands that may be run: `pytest`, `git diff`; all that are not denied where it is not said. */
        readonly allow?: readonly string[] | undefined;
        /** Commands that may not be run, beside those of the default. */
        readonly deny?: readonly string[] | undefined;
        /** Commands that the default denies and that may be run. */
        readonly permit?: readonly string[] | undefined;
      }
    | undefined;
  /** Characters that no word of a command may hold. */
  readonly metacharacters?: string | undefined;
  /** The endings of files that may be written (`.py`), and names of files without one (`Makefile`); `*` is any. */
  readonly extensions?: readonly string[] | undefined;
  readonly maxFileBytes?: number | undefined;
  readonly maxFiles?: number | undefined;
  /** Links that point to a file of the repository may be made. */
  readonly symlinks?: boolean | undefined;
  readonly network?: boolean | undefined;
  /** Texts that no change may add, by name; `false` takes one of the default away. */
  readonly patterns?: Readonly<Record<string, false | PatternSetting>> | undefined;
  /** How much one call of an agent may use. */
  readonly budget?:
    | {
        readonly usd?: number | undefined;
        readonly turns?: number | undefined;
        readonly tokens?: number | undefined;
        readonly seconds?: number | undefined;
      }
    | undefined;
}

/** What the configuration says of the guard: of all roles, and of some. */
export interface GuardSetting extends GuardRules {
  readonly roles?: Readonly<Partial<Record<AgentRole, GuardRules | undefined>>> | undefined;
}

const globs = z.array(z.string().min(1));
const names = z.array(z.string().min(1));

const pattern = z.strictObject({
  text: z.string().min(2).max(256).describe("Looked for as it stands, whatever its case; white space stands for any"),
  files: globs.optional().describe("Globs of the files in which it is looked for; all where it is not said"),
  message: z.string().optional().describe("Why it may not be there"),
});

/** How much may be used. */
export const budget: z.ZodType<NonNullable<GuardRules["budget"]>> = z.strictObject({
  usd: z.number().positive().optional().describe("US dollars"),
  turns: z.int().positive().optional().describe("Turns of the agent"),
  tokens: z.int().positive().optional().describe("Tokens, read and written"),
  seconds: z.number().positive().optional().describe("Seconds until it is stopped"),
});

const rules = {
  write: globs.optional().describe("Globs over the repository: the only files that may be written"),
  protect: z
    .array(z.string().regex(/^[^!]/, "what is not to be protected stands in unprotect"))
    .optional()
    .describe("Globs of files that may not be written, beside those of the default"),
  unprotect: globs.optional().describe("Globs out of the protected ones that may be written after all"),
  commands: z
    .strictObject({
      allow: names.optional().describe("The only commands that may be run: pytest, git diff"),
      deny: names.optional().describe("Commands that may not be run, beside those of the default"),
      permit: names.optional().describe("Commands that the default denies and that may be run"),
    })
    .optional(),
  metacharacters: z.string().optional().describe("Characters that no word of a command may hold"),
  extensions: z
    .array(z.string().min(1))
    .optional()
    .describe("Endings of files that may be written (.py), and names of those without one (Makefile); * is any"),
  maxFileBytes: z.int().positive().optional().describe("No file may be larger after a change"),
  maxFiles: z.int().positive().optional().describe("No change may touch more files"),
  symlinks: z.boolean().optional().describe("Whether links to files of the repository may be made"),
  network: z.boolean().optional().describe("Whether what an agent starts may reach the network"),
  patterns: z
    .record(z.string(), z.union([z.literal(false), pattern]))
    .optional()
    .describe("Texts that no change may add, by name; false takes one of the default away"),
  budget: budget.optional().describe("How much one call of an agent may use"),
};

const guardSchema = z.strictObject({
  ...rules,
  roles: z
    .strictObject({
      developer: z.strictObject(rules).optional(),
      fixer: z.strictObject(rules).optional(),
      reviewer: z.strictObject(rules).optional(),
      tester: z.strictObject(rules).optional(),
    })
    .optional()
    .describe("What is other for some roles"),
});

/** What the setting `guard` is checked with. */
export const Guard: z.ZodType<GuardSetting> = guardSchema;
