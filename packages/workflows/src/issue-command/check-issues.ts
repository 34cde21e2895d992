import { fail, ok, type CommandAnswer, type Diagnostic, type Result } from "@symbiotic-build/engine";
import { fixOneSided } from "../issues/fix-one-sided.ts";
import type { IssueAction } from "./issue-action.ts";
import { told } from "./told.ts";

/** `issues check`: what is wrong with the documents; with `--fix` one-sided edges are mended first. */
export async function checkIssues(action: IssueAction): Promise<Result<CommandAnswer, readonly Diagnostic[]>> {
  const { parsed, documents } = action;
  const mended = parsed.flags.has("fix") ? await mend(action) : ok({ lines: [], codes: new Set<string>() });
  if (!mended.ok) return fail([mended.error]);
  const { lines, codes } = mended.value;
  const left = documents.diagnostics.filter(({ code }) => !codes.has(code));
  const errors = left.filter(({ severity }) => severity === "error").length;
  const warnings = left.length - errors;
  const total = `${String(documents.issues.length)} documents · ${String(errors)} errors, ${String(warnings)} warnings`;
  return ok({
    passed: errors === 0,
    text: [...lines, ...left.map(told), total].join("\n"),
    json: {
      issues: documents.issues.length,
      errors,
      warnings,
      diagnostics: left.map((each) => ({ ...each })) as never,
    },
  });
}

const ONE_SIDED = "SYM9203";

async function mend({
  io,
  documents,
}: IssueAction): Promise<
  Result<{ readonly lines: readonly string[]; readonly codes: ReadonlySet<string> }, Diagnostic>
> {
  const sources = [...documents.texts].map(([{ path }, text]) => ({ path, text }));
  const { edits, diagnostics } = fixOneSided(sources, documents.graph);
  const before = new Map(sources.map(({ path, text }) => [path, text]));
  const written = await io.write(
    edits.map(({ path, text }) => ({ path, before: before.get(path) ?? "", after: text })),
  );
  if (!written.ok) return written;
  const lines = edits.map(
    ({ path, added }) => `mended  ${path}  ${added.map(({ field, id }) => `${field}: ${id}`).join(", ")}`,
  );
  return ok({ lines: [...lines, ...diagnostics.map(told)], codes: new Set([ONE_SIDED]) });
}
