import { byCodeUnit, joinRepo, ok, type Diagnostic, type Finding, type Result } from "@symbiotic-build/engine";
import { count, pathOf, readJson, type Report } from "@symbiotic-build/validator";
import { z } from "zod";
import type { GreatExpectationsFacts } from "./facts.ts";

const resultSchema = z.object({
  validation: z.string(),
  suite: z.string(),
  file: z.string(),
  line: z.int().nullable(),
  expectation: z.string().min(1),
  columns: z.array(z.string()),
  // Releases before 1.5 have none.
  severity: z.string().nullable(),
  success: z.boolean(),
  exception: z.string().nullable(),
  observed: z.union([z.number(), z.boolean()]).nullable(),
  unexpected: z.number().nullable(),
  elements: z.number().nullable(),
});

type Expectation = z.infer<typeof resultSchema>;

const reportSchema = z.object({ version: z.literal(1), results: z.array(resultSchema) });

/** What the program of this package wrote: a finding for each expectation that does not hold, and the verdict of all as data. */
export function readReport(text: string, { folder, suites }: GreatExpectationsFacts): Result<Report, Diagnostic> {
  const read = readJson("great-expectations", text, reportSchema);
  if (!read.ok) return read;
  const { results } = read.value;
  const known = new Set(suites);
  const findings: Finding[] = [];
  for (const each of results.filter(({ success }) => !success)) {
    const file = pathOf(each.file, { tool: "great-expectations", folder: folder ?? "." });
    if (!file.ok) return file;
    // A suite that git ignores, or that is kept elsewhere, is no file of the repository.
    const isKnown = known.has(file.value);
    const place = isKnown ? file.value : joinRepo(folder ?? ".", "great_expectations.yml");
    findings.push(findingOf(each, place, isKnown ? each.line : null));
  }
  const verdicts = results.map(verdictOf).sort(byCodeUnit);
  return ok({
    findings,
    data: { verdicts },
    ...(findings.length === 0 ? { summary: count(results.length, "expectation") } : {}),
  });
}

const LEVELS: Readonly<Record<string, Finding["level"]>> = { warning: "warning", info: "note" };

function findingOf(each: Expectation, file: string, line: number | null): Finding {
  return {
    tool: "great-expectations",
    rule: each.expectation,
    level: LEVELS[each.severity ?? ""] ?? "error",
    message: `${[each.validation, ...each.columns].join(", ")}: ${reasonOf(each)}`,
    file,
    ...(line === null ? {} : { range: { start: { line, column: 1 } } }),
  };
}

function reasonOf({ elements, exception, observed, unexpected }: Expectation): string {
  if (exception !== null) return `it cannot be asked: ${exception}`;
  if (unexpected !== null && elements !== null) return `not so in ${String(unexpected)} of ${count(elements, "value")}`;
  return observed === null ? "it does not hold" : `observed ${String(observed)}`;
}

function verdictOf({ columns, expectation, success, suite, validation }: Expectation): string {
  return `${[validation, suite, expectation, ...columns].join(" ")}: ${success ? "holds" : "fails"}`;
}
