import type { Outcome } from "@symbiotic-build/engine";
import { z } from "zod";
import { parseJson } from "../run/report.ts";

/** The files that the recorder leaves in the task's folder. */
export const RECORDED: readonly string[] = ["parts.json", "selection.json"];

const partsSchema = z.object({ version: z.literal(1), parts: z.record(z.string(), z.json()) });
const selectionSchema = z.object({
  version: z.literal(1),
  share: z.object({ served: z.number(), ran: z.number(), never: z.number() }),
});

/** What is to be kept of each test file, and how many were left out; nothing where the recorder left nothing that can be read. */
export function readRecorded(files: Readonly<Record<string, string>>): Pick<Outcome, "parts" | "served"> {
  const parts = partsSchema.safeParse(parseJson(files["parts.json"] ?? ""));
  const selection = selectionSchema.safeParse(parseJson(files["selection.json"] ?? ""));
  const share = selection.success ? selection.data.share : undefined;
  return {
    ...(parts.success ? { parts: Object.entries(parts.data.parts).map(([name, record]) => ({ name, record })) } : {}),
    ...(share === undefined || share.served === 0
      ? {}
      : { served: { served: share.served, ran: share.ran + share.never, what: "files" } }),
  };
}
