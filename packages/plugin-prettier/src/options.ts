import { argsOption } from "@symbiotic-build/validator";
import { z } from "zod";

/** What a configuration may set; all else is up to the repository's own settings of Prettier. */
export interface PrettierSettings {
  /** Further arguments for Prettier. */
  readonly args?: string[] | undefined;
}

/** The options after parsing. */
export interface PrettierOptions {
  readonly args: string[];
}

/** Reads the options that a configuration gives. */
export const optionsSchema: z.ZodType<PrettierOptions, PrettierSettings | undefined> = z
  .strictObject({ args: argsOption })
  .prefault({});
