import {
  fail,
  ok,
  type CommandResult,
  type Diagnostic,
  type Finding,
  type RepoPath,
  type Result,
} from "@symbiotic-build/engine";
import { count, pathOf, readJson, stopped, type Report } from "@symbiotic-build/validator";
import { z } from "zod";
import { examplesIn, stable } from "./examples.ts";

const errorSchema = z.object({ type: z.string(), message: z.string(), notes: z.array(z.string()) });
const problemSchema = z.object({
  id: z.string(),
  kind: z.enum(["failed", "error", "collection"]),
  file: z.string(),
  line: z.number().nullable(),
  errors: z.array(errorSchema),
  /** What hypothesis printed where it knew no notes. */
  printed: z.array(z.string()),
});
const reportSchema = z.object({
  version: z.literal(1),
  exit: z.number(),
  ran: z.number(),
  problems: z.array(problemSchema),
});

type Problem = z.infer<typeof problemSchema>;

/** What the program wrote about a run of the property tests. SYM4461 where pytest came to no end, SYM4462 for another report. */
export function readReport(result: CommandResult, folder: RepoPath): Result<Report, Diagnostic> {
  const read = readJson("hypothesis", result.stdout, reportSchema);
  if (!read.ok) return read;
  const { ran, problems } = read.value;
  // With 1 and 2 pytest tells of tests that failed and of modules that it could not collect, and of all else that stopped it.
  if ((result.exitCode === 1 || result.exitCode === 2) && problems.length === 0) return fail(stopped("pytest", result));
  const findings: Finding[] = [];
  for (const problem of problems) {
    const file = pathOf(problem.file, { tool: "pytest", folder });
    if (!file.ok) return file;
    findings.push(...findingsOf(problem, file.value));
  }
  return ok({
    findings,
    metrics: [{ name: "property_tests", value: ran, unit: "tests" }],
    summary: [count(ran, "property test"), ...(findings.length === 0 ? [] : [count(findings.length, "finding")])].join(
      ", ",
    ),
  });
}

function findingsOf(problem: Problem, file: RepoPath): readonly Finding[] {
  const printed = problem.printed.flatMap(examplesIn);
  const errors = problem.errors.map((error, index) => {
    const told = examplesIn(error.notes.join("\n"));
    return { error, examples: told.length === 0 && index === 0 ? printed : told };
  });
  return errors.map(({ error, examples }) => findingOf(problem, file, { error, examples }));
}

interface Failure {
  readonly error: z.infer<typeof errorSchema>;
  readonly examples: readonly string[];
}

const MOST_SAID = 300;

function findingOf({ id, kind, line }: Problem, file: RepoPath, { error, examples }: Failure): Finding {
  const [first = ""] = error.message.split("\n");
  const said = stable(first === "" ? error.type : `${error.type}: ${first}`).slice(0, MOST_SAID);
  return {
    tool: "hypothesis",
    rule: examples.length > 0 ? "falsified" : kind,
    level: "error",
    message: [`${id}: ${said}`, ...examples].join("\n"),
    file,
    ...(line === null ? {} : { range: { start: { line, column: 1 } } }),
  };
}
