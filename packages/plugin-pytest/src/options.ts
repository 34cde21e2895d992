import { z } from "zod";

/** What a configuration may set for this plugin. */
export interface PytestOptions {
  /** Further arguments for pytest, before the plugin's own. */
  readonly args: readonly string[];
  /** Whether to measure coverage where pytest-cov is installed. */
  readonly coverage: boolean;
  /** What to collect, relative to the project; the repository's `testpaths` where it is empty. */
  readonly testPaths: readonly string[];
  /** Globs, relative to the project, over files that tests read and that are no inputs by default: `README.md`, `../shared/*.json`. */
  readonly data: readonly string[];
  /**
   * What makes a test file run again where the whole project's result is not known: `recorded`, what it ran and read; `imports`, any
   * byte of what it imports and read; `project`, always.
   */
  readonly granularity: "recorded" | "imports" | "project";
}

/** The options as a person writes them. */
export type PytestOptionsInput = { readonly [K in keyof PytestOptions]?: PytestOptions[K] | undefined } | undefined;

const DEFAULTS: PytestOptions = { args: [], coverage: true, testPaths: [], data: [], granularity: "recorded" };
const words = z.array(z.string().min(1)).readonly().default([]);

/** Parses the options; without any, the defaults. */
export const options: z.ZodType<PytestOptions, PytestOptionsInput> = z
  .strictObject({
    args: words,
    coverage: z.boolean().default(true),
    testPaths: words,
    data: words,
    granularity: z.enum(["recorded", "imports", "project"]).default("recorded"),
  })
  .default(DEFAULTS);
