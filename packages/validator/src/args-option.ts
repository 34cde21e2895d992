import { z } from "zod";

/** The option that every validator has: further arguments for its tool, before what the plugin itself adds. */
export const argsOption: z.ZodDefault<z.ZodArray<z.ZodString>> = z
  .array(z.string().min(1))
  .default([])
  .describe("further arguments for the tool");
