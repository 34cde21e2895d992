import { z } from "zod";

/** What a configuration may say of a script; what is left out is decided by the script's name. */
export interface ScriptSettings {
  /** Atoms or targets that come first: `build` in the same package, `^build` in those it depends on. */
  readonly dependsOn?: readonly string[] | undefined;
  /** Globs over the package's files; `^` in front means those of the packages it depends on, `!` leaves out. */
  readonly inputs?: readonly string[] | undefined;
  /** Files and folders that the script makes, relative to the package; an empty list says that it makes none. */
  readonly outputs?: readonly string[] | undefined;
  /** Variables that the script is started with. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Names of variables that it reads: they are passed on and are in the key. `*` at the end stands for any ending. */
  readonly variables?: readonly string[] | undefined;
  /** What it keeps between runs, relative to the package. */
  readonly scratch?: readonly string[] | undefined;
  /** Whether its result is kept. */
  readonly cache?: boolean | undefined;
  /** Whether it runs until somebody stops it: then it is not started. */
  readonly persistent?: boolean | undefined;
  /** Whether its result differs by operating system and processor; it does unless this is `false`. */
  readonly platform?: boolean | undefined;
  /** Seconds until it is stopped. */
  readonly timeout?: number | undefined;
  /** How often it is tried again. */
  readonly retries?: number | undefined;
  readonly resources?:
    | {
        readonly cpu?: number | undefined;
        readonly memoryMb?: number | undefined;
        readonly mutex?: readonly string[] | undefined;
      }
    | undefined;
  /** Further targets that it joins. */
  readonly targets?: readonly string[] | undefined;
}

/** Settings by the script's name; `*` is for all of them. */
export type ScriptTable = Readonly<Record<string, ScriptSettings>>;

/** The options after parsing. */
export interface NodeOptions {
  readonly scripts: ScriptTable;
  /** Settings for single packages, by a glob of their names or `./` and a glob of their folders. */
  readonly packages: Readonly<Record<string, { readonly scripts: ScriptTable }>>;
  /** Globs over the repository's files that every script depends on. */
  readonly global: readonly string[];
  /** Folders outside any workspace that are projects too. */
  readonly include: readonly string[];
  /** Folders whose `package.json` makes no project. */
  readonly exclude: readonly string[];
  /** Whether `prebuild` and `postbuild` run with `build`; without it, as the package manager does. */
  readonly prePost?: boolean | undefined;
}

/** The options as a person writes them. */
export type NodeOptionsInput =
  | {
      readonly scripts?: ScriptTable | undefined;
      readonly packages?: Readonly<Record<string, { readonly scripts: ScriptTable }>> | undefined;
      readonly global?: readonly string[] | undefined;
      readonly include?: readonly string[] | undefined;
      readonly exclude?: readonly string[] | undefined;
      readonly prePost?: boolean | undefined;
    }
  | undefined;

const words = z.array(z.string().min(1)).readonly();

const script: z.ZodType<ScriptSettings, ScriptSettings> = z.strictObject({
  dependsOn: words.optional(),
  inputs: words.optional(),
  outputs: words.optional(),
  env: z.record(z.string().min(1), z.string()).optional(),
  variables: words.optional(),
  scratch: words.optional(),
  cache: z.boolean().optional(),
  persistent: z.boolean().optional(),
  platform: z.boolean().optional(),
  timeout: z.number().positive().optional(),
  retries: z.int().nonnegative().optional(),
  resources: z
    .strictObject({
      cpu: z.number().positive().optional(),
      memoryMb: z.number().positive().optional(),
      mutex: words.optional(),
    })
    .optional(),
  targets: words.optional(),
});

const scripts = z.record(z.string().min(1), script);

/** Parses the options; without any, the defaults. */
export const options: z.ZodType<NodeOptions, NodeOptionsInput> = z
  .strictObject({
    scripts: scripts.default({}),
    packages: z.record(z.string().min(1), z.strictObject({ scripts })).default({}),
    global: words.default([]),
    include: words.default([]),
    exclude: words.default([]),
    prePost: z.boolean().optional(),
  })
  .prefault({});
