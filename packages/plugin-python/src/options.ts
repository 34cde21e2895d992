import { z } from "zod";

/** What a configuration may set for this plugin. */
export interface PythonOptions {
  /** The folder of the environment that every project uses, relative to the repository root: the first place to look. */
  readonly environment?: string | undefined;
  /** Globs over folders of the repository whose manifests are data and make no projects. */
  readonly exclude: readonly string[];
}

/** The options as a person writes them. */
export type PythonOptionsInput = { readonly [K in keyof PythonOptions]?: PythonOptions[K] | undefined } | undefined;

/** Folders whose manifests are taken for data or for something built, unless the configuration says otherwise. */
export const DEFAULT_EXCLUDE: readonly string[] = [
  "**/{test,tests,testing}/**/{fixture,fixtures,data}/**",
  "**/{testdata,test_data,test-data,__fixtures__}/**",
  "**/{build,dist}/**",
];

/** Parses the options; without any, the defaults. */
export const options: z.ZodType<PythonOptions, PythonOptionsInput> = z
  .strictObject({
    environment: z.string().min(1).optional(),
    exclude: z.array(z.string().min(1)).readonly().default(DEFAULT_EXCLUDE),
  })
  .default({ exclude: DEFAULT_EXCLUDE });
