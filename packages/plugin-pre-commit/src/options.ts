import { argsOption } from "@symbiotic-build/validator";
import { z } from "zod";

/** What a configuration may set; all else is up to the repository's own `.pre-commit-config.yaml`. */
export interface PreCommitSettings {
  /** Further arguments for `pre-commit run`: `["--hook-stage", "manual"]`. */
  readonly args?: string[] | undefined;
  /** Files and folders that hooks need and git ignores, relative to the repository root: `.venv`. They are linked into the copy. */
  readonly link?: string[] | undefined;
}

/** The options after parsing. */
export interface PreCommitOptions {
  readonly args: string[];
  readonly link: string[];
}

const pathSchema = z
  .string()
  .min(1)
  .refine((path) => !/^\/|^[A-Za-z]:|\\|(^|\/)\.{0,2}(\/|$)/.test(path), "a path below the repository root");

/** Reads the options that a configuration gives. */
export const optionsSchema: z.ZodType<PreCommitOptions, PreCommitSettings | undefined> = z
  .strictObject({
    args: argsOption,
    link: z
      .array(pathSchema)
      .default([])
      .describe("files and folders that hooks need and git ignores; they are linked into the copy"),
  })
  .prefault({});
