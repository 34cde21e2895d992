import { argsOption } from "@symbiotic-build/validator";
import { z } from "zod";

/** What a configuration may set; all else is up to the repository's own settings of ESLint. */
export interface EslintSettings {
  /** Further arguments for ESLint. */
  readonly args?: string[] | undefined;
}

/** The options after parsing. */
export interface EslintOptions {
  readonly args: string[];
}

/** Reads the options that a configuration gives. */
export const optionsSchema: z.ZodType<EslintOptions, EslintSettings | undefined> = z
  .strictObject({ args: argsOption })
  .prefault({});
