import { errorOf, fail, ok, type Diagnostic, type Result } from "@symbiotic-build/engine";
import type { z } from "zod";

/** Reads a tool's JSON report. SYM4462 where it is no JSON, or has another form than the releases that the plugin knows. */
export function readJson<T>(tool: string, text: string, schema: z.ZodType<T>): Result<T, Diagnostic> {
  const parsed = jsonOf(text);
  if (parsed === undefined) return fail(anotherFormat(tool, text));
  const read = schema.safeParse(parsed.json);
  if (read.success) return ok(read.data);
  const [issue] = read.error.issues;
  const where =
    issue === undefined ? undefined : `${issue.path.map(String).join(".") || "the whole"}: ${issue.message}`;
  return fail(anotherFormat(tool, text, where));
}

/** A report that the plugin does not know: SYM4462 with how it begins, and with what was wrong where that is known. */
export function anotherFormat(tool: string, text: string, where?: string): Diagnostic {
  const start = text.trim().slice(0, 200);
  return errorOf("SYM4462", `what ${tool} wrote is no report that this plugin knows`, {
    hint: `run the task's command by hand: another release of ${tool}, or a wrapper in its place, may be the reason`,
    notes: [...(where === undefined ? [] : [where]), start === "" ? "it wrote nothing" : `it began with: ${start}`],
  });
}

/** Whether a text in lines ends within one: its end is lost. */
export function isCutOff(text: string): boolean {
  return text !== "" && !text.endsWith("\n");
}

function jsonOf(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
