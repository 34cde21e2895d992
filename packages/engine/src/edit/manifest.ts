import { z } from "zod";
import type { JsonSchema } from "../plugin/agent.ts";

/** What an agent says of its work: what it meant to do, which files it changed, what is left to do. */
export interface Manifest {
  readonly plan: string;
  readonly changed_files: readonly string[];
  readonly followups: readonly string[];
}

const ManifestSchema: z.ZodType<Manifest> = z.strictObject({
  plan: z.string(),
  changed_files: z.array(z.string()),
  followups: z.array(z.string()),
});

/** The schema of the reply that is asked for. */
export const MANIFEST: JsonSchema = {
  type: "object",
  properties: {
    plan: { type: "string", description: "what you did and why, in a few sentences" },
    changed_files: {
      type: "array",
      items: { type: "string" },
      description: "every file that you added, changed or removed, from the repository's root",
    },
    followups: {
      type: "array",
      items: { type: "string" },
      description: "what is still to be done, by somebody else; empty where nothing is",
    },
  },
  required: ["plan", "changed_files", "followups"],
  additionalProperties: false,
};

/** Reads a reply; undefined for what is no manifest. */
export function readManifest(reply: unknown): Manifest | undefined {
  const read = ManifestSchema.safeParse(reply);
  return read.success ? read.data : undefined;
}
