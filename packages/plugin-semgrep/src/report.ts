import { fail, ok, type CommandResult, type Diagnostic, type Finding, type Result } from "@symbiotic-build/engine";
import { pathOf, readJson, stopped } from "@symbiotic-build/validator";
import { z } from "zod";
import { RULES } from "./rules/rules.ts";

const placeSchema = z.object({ line: z.number(), col: z.number() });

const matchSchema = z.object({
  check_id: z.string().min(1),
  path: z.string(),
  start: placeSchema,
  end: placeSchema,
  extra: z.object({
    message: z.string(),
    severity: z.string(),
    is_ignored: z.boolean().optional(),
    fix: z.unknown().optional(),
    metadata: z
      .object({
        cwe: z.union([z.string(), z.array(z.string())]).optional(),
        source: z.string().optional(),
        references: z.union([z.string(), z.array(z.string())]).optional(),
      })
      .catch({}),
  }),
});

type Match = z.infer<typeof matchSchema>;

const errorSchema = z.object({
  path: z.string().optional(),
  type: z.union([z.string(), z.tuple([z.string()], z.unknown())]).optional(),
  message: z.string().optional(),
  long_msg: z.string().optional(),
  spans: z.array(z.object({ file: z.string(), start: placeSchema })).nullish(),
});

type SemgrepError = z.infer<typeof errorSchema>;

const reportSchema = z.object({ results: z.array(matchSchema), errors: z.array(errorSchema) });

type End = Pick<CommandResult, "exitCode" | "stdout" | "stderr">;

/** What `semgrep scan --json` wrote, from 1.0 on. A file that it cannot read whole is a finding; rules that it cannot use are SYM4461. */
export function readReport(result: End): Result<readonly Finding[], Diagnostic> {
  const read = readJson("semgrep", result.stdout, reportSchema);
  if (!read.ok) return fail(result.exitCode > 1 ? stopped("semgrep", result) : read.error);
  const { errors, results } = read.value;
  const general = errors.filter(({ path }) => path === undefined);
  if (general.length > 0 || result.exitCode > 1) return fail(refused(result, general));
  const findings: Finding[] = [];
  for (const match of results) {
    if (match.extra.is_ignored === true) continue;
    const file = pathOf(match.path, START);
    if (!file.ok) return file;
    findings.push(findingOf(match, file.value));
  }
  for (const error of errors) {
    const file = pathOf(error.path ?? "", START);
    if (!file.ok) return file;
    findings.push(unreadable(error, file.value));
  }
  return ok(findings);
}

const START = { tool: "semgrep", folder: "." };

/** Rules or settings that semgrep cannot use; its first error is the reason, the last only counts. */
function refused(result: End, errors: readonly SemgrepError[]): Diagnostic {
  const [first, ...rest] = errors.map(textOf);
  if (first === undefined) return stopped("semgrep", result);
  return stopped("semgrep", { ...result, stderr: [...rest, first.replace(/\s*\n\s*/g, " ")].join("\n") });
}

function textOf({ message, long_msg: long, spans, type }: SemgrepError): string {
  const [span] = spans ?? [];
  const at = span === undefined ? "" : ` (${span.file}:${String(span.start.line)})`;
  return `error: ${message ?? long ?? kindOf(type)}${at}`;
}

function kindOf(type: SemgrepError["type"]): string {
  return typeof type === "string" ? type : (type?.[0] ?? "an error without a name");
}

/** What semgrep quotes of the file is left out: it may be anything. */
function unreadable(error: SemgrepError, file: string): Finding {
  const kind = kindOf(error.type);
  const [first = ""] = (error.message ?? error.long_msg ?? kind).split("\n");
  const [span] = error.spans ?? [];
  const start = span && { line: span.start.line, column: span.start.col };
  return {
    tool: "semgrep",
    rule: "unreadable",
    level: "warning",
    message: `not all of the file was looked at: ${first.trim().replace(/:$/, "") || kind}`,
    file,
    ...(start === undefined ? {} : { range: { start } }),
  };
}

const LEVELS: Readonly<Record<string, Finding["level"]>> = {
  CRITICAL: "error",
  HIGH: "error",
  ERROR: "error",
  MEDIUM: "warning",
  WARNING: "warning",
};

function findingOf({ check_id: id, start, end, extra }: Match, file: string): Finding {
  const { cwe, references, source } = extra.metadata;
  const helpUrl = source ?? listOf(references)[0];
  const problems = listOf(cwe).flatMap((text) => /CWE-\d+/.exec(text)?.[0] ?? []);
  return {
    tool: "semgrep",
    rule: nameOf(id),
    level: LEVELS[extra.severity.toUpperCase()] ?? "note",
    message: extra.message.trim(),
    file,
    range: { start: { line: start.line, column: start.col }, end: { line: end.line, column: end.col } },
    ...(helpUrl === undefined ? {} : { helpUrl }),
    ...(extra.fix === undefined ? {} : { fix: { applicability: "unsafe" } }),
    ...(problems.length === 0 ? {} : { problems }),
  };
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return typeof value === "string" ? [value] : (value ?? []);
}

const BUNDLED: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));

/** Semgrep puts the folders of a rule's file before its name: of the rules of this package that is the task's own folder. */
function nameOf(id: string): string {
  const name = id.slice(id.lastIndexOf(".") + 1);
  return id.startsWith("symbiotic.out.") && BUNDLED.has(name) ? name : id;
}
