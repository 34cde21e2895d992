import type { JsonValue, Outcome } from "@symbiotic-build/engine";
import { z } from "zod";
import { parseJson } from "../run/report.ts";

/** The files that the recorder leaves in the task's folder. */
export const RECORDED: readonly string[] = ["parts.json", "selection.json"];

// What was read as JSON is JSON: to look at each value of it takes as long as some files of tests.
const partsSchema = z.object({ version: z.literal(1), parts: z.record(z.string(), z.unknown()) });
const selectionSchema = z.object({
  version: z.literal(1),
  share: z.object({ served: z.number(), ran: z.number(), never: z.number() }),
});

/** What is to be kept of each test file, and how many were left out; nothing where the recorder left nothing that can be read. */
export function readRecorded(files: Readonly<Record<string, string>>): Pick<Outcome, "parts" | "served"> {
  const parts = partsSchema.safeParse(parseJson(files["parts.json"] ?? ""));
  const selection = selectionSchema.safeParse(parseJson(files["selection.json"] ?? ""));
  const records = parts.success ? (parts.data.parts as Readonly<Record<string, JsonValue>>) : undefined;
  const share = selection.success ? selection.data.share : undefined;
  return {
    ...(records === undefined ? {} : { parts: Object.entries(records).map(([name, record]) => ({ name, record })) }),
    ...(share === undefined || share.served === 0
      ? {}
      : { served: { served: share.served, ran: share.ran + share.never, what: "files" } }),
  };
}
