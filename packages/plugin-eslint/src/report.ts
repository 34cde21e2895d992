import { ok, type Diagnostic, type Finding, type FindingRange, type Result } from "@symbiotic-build/engine";
import { pathOf, readJson, type PathStart } from "@symbiotic-build/validator";
import { z } from "zod";

const messageSchema = z.object({
  ruleId: z.string().nullish(),
  severity: z.number(),
  fatal: z.boolean().optional(),
  message: z.string(),
  line: z.number().nullish(),
  column: z.number().nullish(),
  endLine: z.number().nullish(),
  endColumn: z.number().nullish(),
  fix: z.object({}).optional(),
  // Before 6.7 there are none.
  suggestions: z.array(z.object({ desc: z.string().optional() })).optional(),
});

type Message = z.infer<typeof messageSchema>;

const reportSchema = z.object({
  results: z.array(z.object({ filePath: z.string(), messages: z.array(messageSchema) })),
  metadata: z.object({
    rulesMeta: z.record(
      z.string(),
      z.object({
        docs: z
          .object({ url: z.string().optional().catch(undefined) })
          .optional()
          .catch(undefined),
      }),
    ),
  }),
});

/** What `eslint --format json-with-metadata` wrote; what an inline comment suppresses is in another list of it and is no finding. */
export function readReport(stdout: string, start: PathStart): Result<readonly Finding[], Diagnostic> {
  const read = readJson("eslint", stdout, reportSchema);
  if (!read.ok) return read;
  const { results, metadata } = read.value;
  const findings: Finding[] = [];
  for (const { filePath, messages } of results) {
    const file = pathOf(filePath, start);
    if (!file.ok) return file;
    for (const message of messages) {
      const url = metadata.rulesMeta[message.ruleId ?? ""]?.docs?.url;
      findings.push(findingOf(message, file.value, url));
    }
  }
  return ok(findings);
}

function findingOf(message: Message, file: string, url: string | undefined): Finding {
  const rule = ruleOf(message);
  const range = rangeOf(message);
  const fix = fixOf(message);
  return {
    tool: "eslint",
    rule,
    level: message.severity === 2 ? "error" : "warning",
    message: message.message,
    file,
    ...(range === undefined ? {} : { range }),
    ...(url === undefined ? {} : { helpUrl: url }),
    ...(fix === undefined ? {} : { fix }),
    problems: [`eslint/${rule}`],
  };
}

/** What no rule says: a file that cannot be parsed, a comment that suppresses nothing. */
function ruleOf({ ruleId, fatal, message }: Message): string {
  if (typeof ruleId === "string") return ruleId;
  if (fatal === true) return "parse-error";
  return /^Unused .*directive/.test(message) ? "unused-directive" : "eslint";
}

/** A fix keeps the meaning, as ESLint asks of rules; a suggestion need not. */
function fixOf({ fix, suggestions = [] }: Message): Finding["fix"] {
  if (fix !== undefined) return { applicability: "safe" };
  const [first] = suggestions;
  if (first === undefined) return undefined;
  return { applicability: "unsafe", ...(first.desc === undefined ? {} : { message: first.desc }) };
}

/** ESLint's columns begin with 1, and an end is the place after. Some messages are about the whole file. */
function rangeOf({ line, column, endLine, endColumn }: Message): FindingRange | undefined {
  if (!isPlace(line)) return undefined;
  const start = { line, column: isPlace(column) ? column : 1 };
  const isAfter = isPlace(endLine) && isPlace(endColumn) && (endLine > line || endColumn > start.column);
  return isAfter ? { start, end: { line: endLine, column: endColumn } } : { start };
}

function isPlace(value: number | null | undefined): value is number {
  return Number.isInteger(value) && Number(value) > 0;
}
