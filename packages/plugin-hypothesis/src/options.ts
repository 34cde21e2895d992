import { argsOption } from "@symbiotic-build/validator";
import { z } from "zod";

/** What a configuration may set; all else is up to the repository's own settings of pytest and hypothesis. */
export interface HypothesisSettings {
  /** Further arguments for pytest, before the plugin's own. */
  readonly args?: string[] | undefined;
  /** The profile, as the tests register it; the repository's own choice where it is not said. */
  readonly profile?: string | undefined;
  /** What the examples are made from: the same seed has the same examples. */
  readonly seed?: number | undefined;
  /** How many examples a test is tried with that does not say it itself. */
  readonly maxExamples?: number | undefined;
}

/** The options after parsing. */
export interface HypothesisOptions {
  readonly args: string[];
  readonly profile?: string | undefined;
  readonly seed: number;
  readonly maxExamples?: number | undefined;
}

/** Reads the options that a configuration gives. */
export const optionsSchema: z.ZodType<HypothesisOptions, HypothesisSettings | undefined> = z
  .strictObject({
    args: argsOption,
    profile: z
      .string()
      .min(1)
      .optional()
      .describe("the profile, as the tests register it; without it the repository's own choice"),
    seed: z.int().min(0).default(0).describe("what examples are made from: the same seed has the same examples"),
    maxExamples: z
      .int()
      .min(1)
      .optional()
      .describe("how many examples a test is tried with that does not say it itself"),
  })
  .prefault({});
