import { z } from "zod";

/** What a configuration may set. */
export interface ClaudeSettings {
  /** The model where a request names none. */
  readonly model?: string | undefined;
  /** Whose settings Claude Code reads: `project` brings `CLAUDE.md` and `.claude/` of the tree, `user` the user's own. */
  readonly settings?: ("project" | "user")[] | undefined;
  /** Further arguments, before the plugin's own. */
  readonly args?: string[] | undefined;
}

/** The options after parsing. */
export interface ClaudeOptions {
  readonly model: string | null;
  readonly settings: ("project" | "user")[];
  readonly args: string[];
}

/** Reads the options that a configuration gives. */
export const optionsSchema: z.ZodType<ClaudeOptions, ClaudeSettings | undefined> = z
  .strictObject({
    model: z.string().nullable().default(null),
    settings: z.array(z.enum(["project", "user"])).default(["project"]),
    args: z.array(z.string()).default([]),
  })
  .prefault({}) as unknown as z.ZodType<ClaudeOptions, ClaudeSettings | undefined>;
