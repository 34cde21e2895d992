import { z } from "zod";

/** What a configuration may set; what is left out is up to the repository's own ruff settings. */
export interface RuffSettings {
  /** Rules and rule prefixes that replace the repository's selection. */
  readonly select?: readonly string[] | undefined;
  /** Rules and rule prefixes that are left out besides those that the repository leaves out. */
  readonly ignore?: readonly string[] | undefined;
  /** Turns ruff's preview mode on or off, whatever the repository says. */
  readonly preview?: boolean | undefined;
  /** Whether the embedded ruff may stand in where the project has none and pins none; it may unless this is `false`. */
  readonly embedded?: boolean | undefined;
}

/** The options after parsing. */
export interface RuffOptions extends RuffSettings {
  readonly embedded: boolean;
}

/** Checks and completes the options. */
export type OptionsSchema = z.ZodType<RuffOptions, RuffSettings | undefined>;

const selectors = z.array(z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/, "is no rule or rule prefix"));

/** Reads the options that a configuration gives. */
export const optionsSchema: OptionsSchema = z
  .strictObject({
    select: selectors.optional(),
    ignore: selectors.optional(),
    preview: z.boolean().optional(),
    embedded: z.boolean().default(true),
  })
  .prefault({});
