import { argsOption } from "@symbiotic-build/validator";
import { z } from "zod";

/** What a configuration may set; all else is up to the repository's own settings of gitleaks. */
export interface GitleaksSettings {
  /** Further arguments for gitleaks, in both atoms. */
  readonly args?: string[] | undefined;
}

/** The options after parsing. */
export interface GitleaksOptions {
  readonly args: string[];
}

/** Reads the options that a configuration gives. */
export const optionsSchema: z.ZodType<GitleaksOptions, GitleaksSettings | undefined> = z
  .strictObject({ args: argsOption })
  .prefault({});
