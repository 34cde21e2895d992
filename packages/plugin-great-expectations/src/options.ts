import { z } from "zod";

/** What a configuration may set; all else is up to `great_expectations.yml`. */
export interface GreatExpectationsSettings {
  /** The checkpoints that are asked; all where none is named. */
  readonly checkpoints?: string[] | undefined;
  /** Variables that `great_expectations.yml` asks for. */
  readonly variables?: string[] | undefined;
}

/** The options after parsing. */
export interface GreatExpectationsOptions {
  readonly checkpoints: string[];
  readonly variables: string[];
}

const namesSchema = z.array(z.string().min(1)).default([]);

/** Reads the options that a configuration gives. */
export const optionsSchema: z.ZodType<GreatExpectationsOptions, GreatExpectationsSettings | undefined> = z
  .strictObject({
    checkpoints: namesSchema.describe("the checkpoints to run; all where none is named"),
    variables: namesSchema.describe("names of variables that the context reads; in the key"),
  })
  .prefault({});
