import { argsOption } from "@symbiotic-build/validator";
import { z } from "zod";

/** What a configuration may set. */
export interface ComplexitySettings {
  /** Further arguments for ruff. */
  readonly args?: string[] | undefined;
  /** A function may become as complex as this without counting, whatever it was. */
  readonly small?: number | undefined;
  /** A new function counts from here on. */
  readonly most?: number | undefined;
}

/** The options after parsing. */
export interface ComplexityOptions {
  readonly args: string[];
  readonly small: number;
  readonly most: number;
}

/** Reads the options that a configuration gives. */
export const optionsSchema: z.ZodType<ComplexityOptions, ComplexitySettings | undefined> = z
  .strictObject({
    args: argsOption,
    small: z.int().min(1).default(5).describe("as complex as this a function may become whatever it was"),
    most: z.int().min(1).default(10).describe("more complex than this a new function may not be"),
  })
  .prefault({});
