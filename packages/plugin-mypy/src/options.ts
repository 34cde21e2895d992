import { argsOption } from "@symbiotic-build/validator";
import { z } from "zod";

/** What a configuration may set; all else is up to the repository's own settings of mypy. */
export interface MypySettings {
  /** Further arguments for mypy, before the plugin's own. */
  readonly args?: string[] | undefined;
  /**
   * `off`: as the repository's settings say. `changed`: the files that changed are checked once more with `--strict`, by a
   * task of its own, where a run compares with a base. `paths`: the same with what lies below `strictPaths`. `all`:
   * everything with `--strict`.
   */
  readonly strict?: "off" | "changed" | "paths" | "all" | undefined;
  /** Files and folders, relative to the repository root. */
  readonly strictPaths?: string[] | undefined;
}

/** The options after parsing. */
export interface MypyOptions {
  readonly args: string[];
  readonly strict: "off" | "changed" | "paths" | "all";
  readonly strictPaths: string[];
}

const pathSchema = z
  .string()
  .min(1)
  .refine(
    (path) => !/^\/|^[A-Za-z]:|\\|(^|\/)\.\.(\/|$)/.test(path),
    "a path of the repository, with `/` between folders",
  )
  .transform((path) => path.replace(/^(\.\/)+/, "").replace(/(?<=.)\/+$/, "") || ".");

/** Reads the options that a configuration gives. */
export const optionsSchema: z.ZodType<MypyOptions, MypySettings | undefined> = z
  .strictObject({
    args: argsOption,
    strict: z
      .enum(["off", "changed", "paths", "all"])
      .default("off")
      .describe("what is checked with `--strict`: nothing, files that changed, `strictPaths`, everything"),
    strictPaths: z.array(pathSchema).default([]).describe("files and folders of the project that are checked strictly"),
  })
  .refine(({ strict, strictPaths }) => (strict === "paths") === strictPaths.length > 0, {
    path: ["strictPaths"],
    message: 'goes with `strict: "paths"`: one is given without the other',
  })
  .prefault({});
