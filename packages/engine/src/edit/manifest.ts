import { z } from "zod";
import type { JsonSchema } from "../plugin/agent.ts";

/** What an agent says of its work: what it meant to do, which files it changed, what is left to do. */
export interface Manifest {
  readonly plan: string;
  readonly changed_files: readonly string[];
  readonly followups: readonly string[];
}

const ManifestSchema: z.ZodType<Manifest> = z.strictObject({
  plan: z.string().describe("what you did and why, in a few sentences"),
  changed_files: z
    .array(z.string())
    .describe("every file that you added, changed or removed, from the repository's root"),
  followups: z.array(z.string()).describe("what is still to be done, by somebody else; empty where nothing is"),
});

/** The schema of the reply that is asked for. */
export const MANIFEST: JsonSchema = asJsonSchema(ManifestSchema);

/** Reads a reply; undefined for what is no manifest. */
export function readManifest(reply: unknown): Manifest | undefined {
  const read = ManifestSchema.safeParse(reply);
  return read.success ? read.data : undefined;
}

/** Which dialect it is in is not for whoever answers. */
function asJsonSchema(schema: z.ZodType): JsonSchema {
  return Object.fromEntries(
    Object.entries(z.toJSONSchema(schema)).filter(([name]) => name !== "$schema"),
  ) as JsonSchema;
}
