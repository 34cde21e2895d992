import { argsOption } from "@symbiotic-build/validator";
import { z } from "zod";

/** What a configuration may set; all else is up to `dbt_project.yml` and `profiles.yml`. */
export interface DbtSettings {
  /** Further arguments for dbt: `["--select", "staging"]`. */
  readonly args?: string[] | undefined;
  /** `build`: models are built, then tested. `test`: what the warehouse holds is tested, and nothing is built. */
  readonly command?: "build" | "test" | undefined;
  /** Variables that the profile asks for, besides `DBT_*`. */
  readonly variables?: string[] | undefined;
}

/** The options after parsing. */
export interface DbtOptions {
  readonly args: string[];
  readonly command: "build" | "test";
  readonly variables: string[];
}

/** Reads the options that a configuration gives. */
export const optionsSchema: z.ZodType<DbtOptions, DbtSettings | undefined> = z
  .strictObject({
    args: argsOption,
    command: z
      .enum(["build", "test"])
      .default("build")
      .describe("`build` runs models and tests, `test` the tests alone"),
    variables: z.array(z.string().min(1)).default([]).describe("names of variables that the profile reads; in the key"),
  })
  .prefault({});
