import { argsOption } from "@symbiotic-build/validator";
import { z } from "zod";

/** What a configuration may set; all else is up to the repository's own settings of bandit. */
export interface BanditSettings {
  /** Further arguments for bandit. */
  readonly args?: string[] | undefined;
}

/** The options after parsing. */
export interface BanditOptions {
  readonly args: string[];
}

/** Reads the options that a configuration gives. */
export const optionsSchema: z.ZodType<BanditOptions, BanditSettings | undefined> = z
  .strictObject({ args: argsOption })
  .prefault({});
