import { z } from "zod";

/** What a configuration may set. */
export interface CodexSettings {
  /** The model where a request names none. */
  readonly model?: string | undefined;
  /** Whether Codex reads the user's `config.toml`, with the servers and providers in it. */
  readonly userConfig?: boolean | undefined;
  /** Further arguments of `codex exec`, before the plugin's own. */
  readonly args?: string[] | undefined;
}

/** The options after parsing. */
export interface CodexOptions {
  readonly model: string | null;
  readonly userConfig: boolean;
  readonly args: string[];
}

/** Reads the options that a configuration gives. */
export const optionsSchema: z.ZodType<CodexOptions, CodexSettings | undefined> = z
  .strictObject({
    model: z.string().nullable().default(null),
    userConfig: z.boolean().default(false),
    args: z.array(z.string()).default([]),
  })
  .prefault({}) as unknown as z.ZodType<CodexOptions, CodexSettings | undefined>;
