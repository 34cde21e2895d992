import { argsOption } from "@symbiotic-build/validator";
import { z } from "zod";

/** What a configuration may set. Licences are written as the metadata or SPDX says; case does not matter, `*` stands for anything. */
export interface PipLicensesSettings {
  /** Further arguments for pip-licenses. */
  readonly args?: string[] | undefined;
  /** The licences that are allowed, and no others; in the place of `allow-only` in `pyproject.toml`. */
  readonly allow?: string[] | undefined;
  /** Licences that are not allowed, whatever else is; in the place of `fail-on` in `pyproject.toml`. */
  readonly deny?: string[] | undefined;
  /** Packages that nothing is said of; `*` stands for anything. */
  readonly ignore?: string[] | undefined;
  /** The interpreter of the environment to look at, relative to the project, where pip-licenses is not installed in it. */
  readonly python?: string | undefined;
}

/** The options after parsing. */
export interface PipLicensesOptions {
  readonly args: string[];
  readonly allow?: string[] | undefined;
  readonly deny?: string[] | undefined;
  readonly ignore: string[];
  readonly python?: string | undefined;
}

const words = z.array(z.string().trim().min(1));

/** Reads the options that a configuration gives. */
export const optionsSchema: z.ZodType<PipLicensesOptions, PipLicensesSettings | undefined> = z
  .strictObject({
    args: argsOption,
    allow: words.optional().describe("the licences that are allowed, and no others; else `allow-only` of the settings"),
    deny: words.optional().describe("licences that are not allowed, whatever else is; else `fail-on` of the settings"),
    ignore: words.default([]).describe("packages that nothing is said of"),
    python: z
      .string()
      .min(1)
      .optional()
      .describe("the interpreter of the environment to look at, relative to the project"),
  })
  .prefault({});
