import { z } from "zod";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { byCodeUnit } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { SourceText } from "../plugin/project.ts";
import type { FindingFingerprint } from "./fingerprint.ts";

/** Where the baseline lies, where the configuration does not say. */
export const BASELINE: RepoPath = "symbiotic.baseline.json";

/** A finding that was there when the baseline was written. */
export interface BaselineEntry {
  readonly fingerprint: FindingFingerprint;
  /** For people: what it is about. */
  readonly tool: string;
  readonly rule: string;
  readonly file: RepoPath;
}

const VERSION = 1;

const baselineSchema = z.strictObject({
  version: z.literal(VERSION),
  findings: z.array(
    z.strictObject({
      fingerprint: z.string().regex(/^[0-9a-f]{32}$/),
      tool: z.string(),
      rule: z.string(),
      file: z.string(),
    }),
  ),
});

/** Reads a baseline. SYM1461 where it is none. */
export function readBaseline({ path, text }: SourceText): Result<readonly BaselineEntry[], Diagnostic> {
  const read = baselineSchema.safeParse(jsonOf(text));
  if (read.success) return ok(read.data.findings);
  const [issue] = read.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : `, ${issue.path.map(String).join(".")}`;
  return fail(
    errorOf("SYM1461", `${path}${where} is no baseline of findings: ${issue?.message ?? "it is no JSON"}`, {
      location: { file: path },
      hint: "write it anew with `symbiotic baseline`; after a merge conflict that is all there is to do",
    }),
  );
}

/** The text of a baseline: the same for the same findings, one line for each, so that versions of it can be merged. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const lines = [...new Map(entries.map((entry) => [entry.fingerprint, entry])).values()]
    .sort(
      (a, b) =>
        byCodeUnit(a.file, b.file) ||
        byCodeUnit(a.tool, b.tool) ||
        byCodeUnit(a.rule, b.rule) ||
        byCodeUnit(a.fingerprint, b.fingerprint),
    )
    .map(({ fingerprint, tool, rule, file }) => `    ${JSON.stringify({ file, tool, rule, fingerprint })}`);
  const list = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  return `{\n  "version": ${String(VERSION)},\n  "findings": ${list}\n}\n`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
