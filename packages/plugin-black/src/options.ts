import { argsOption } from "@symbiotic-build/validator";
import { z } from "zod";

/** What a configuration may set; all else is up to the repository's own settings of black. */
export interface BlackSettings {
  /** Further arguments for black, before the plugin's own. */
  readonly args?: string[] | undefined;
}

/** The options after parsing. */
export interface BlackOptions {
  readonly args: string[];
}

/** Reads the options that a configuration gives. */
export const optionsSchema: z.ZodType<BlackOptions, BlackSettings | undefined> = z
  .strictObject({ args: argsOption })
  .prefault({});
