import { argsOption } from "@symbiotic-build/validator";
import { z } from "zod";

/** What a configuration may set. */
export interface SemgrepSettings {
  /** Further arguments for semgrep. */
  readonly args?: string[] | undefined;
  /** Whether the rules of this package count. */
  readonly bundled?: boolean | undefined;
  /** Files and folders of rules, from the repository's root, in the place of those that are found by themselves. */
  readonly config?: string[] | undefined;
  /** Rules of a registry, which semgrep asks each time: `p/python`. */
  readonly registry?: string[] | undefined;
}

/** The options after parsing. */
export interface SemgrepOptions {
  readonly args: string[];
  readonly bundled: boolean;
  readonly config: string[];
  readonly registry: string[];
}

const configSchema = z
  .string()
  .regex(/^(?![/~]|[A-Za-z]:|\.\.(?:\/|$))[^\\]+$/, "is no path from the repository's root")
  .transform((path) => path.replace(/^(\.\/)+|\/+$/g, ""));

/** Reads the options that a configuration gives. */
export const optionsSchema: z.ZodType<SemgrepOptions, SemgrepSettings | undefined> = z
  .strictObject({
    args: argsOption,
    bundled: z.boolean().default(true).describe("whether the rules of this package count"),
    config: z
      .array(configSchema)
      .default([])
      .describe("files and folders with rules, in the place of those that are found"),
    registry: z
      .array(z.string().regex(/^(?:[prs]\/|https:\/\/)\S+$/, "is no name in a registry: p/python"))
      .default([])
      .describe("rules of a registry, as `p/python`: they are asked for in each run, and no result is kept"),
  })
  .prefault({});
