import { errorOf, fail, ok, type CommandResult, type Diagnostic, type Result } from "@symbiotic-build/engine";
import type { Entry, Report } from "./entries.ts";

/**
 * Reads what `ruff format --check` writes before 0.16: a line a file on stdout, and a line on stderr for each file that
 * it could not parse or read. SYM4452 where the lines do not add up, SYM4451's business where there is another error.
 */
export function readFormatText(result: CommandResult): Result<Report, Diagnostic> {
  const lines = result.stdout.split(/\r?\n/);
  const unformatted = lines.flatMap((line) => /^Would reformat: (.+)$/.exec(line)?.[1] ?? []);
  const announced = Number(/^(\d+) files? would be reformatted/m.exec(result.stdout)?.[1] ?? 0);
  const errors = result.stderr.split(/\r?\n/).filter((line) => /^(error: |ruff failed)/.test(line));
  const failures = errors.flatMap((line) => failureOf(line) ?? []);
  if (announced !== unformatted.length || failures.length !== errors.length)
    return fail(doesNotAddUp(announced, unformatted.length));
  return ok({ entries: [...unformatted.map((file) => entry({ filename: file })), ...failures], notChecked: [] });
}

function failureOf(line: string): Entry | undefined {
  const parse = /^error: Failed to parse (.+?)(?::cell (\d+))?:(\d+):(\d+): (.*)$/.exec(line);
  if (parse) {
    const [, filename = "", cell, row, column, message = ""] = parse;
    const location = { row: Number(row), column: Number(column) };
    return entry({
      code: "invalid-syntax",
      filename,
      message,
      location,
      ...(cell === undefined ? {} : { cell: Number(cell) }),
    });
  }
  const read = /^error: Failed to read (.+?): (.*)$/.exec(line);
  return read ? entry({ code: "io", filename: read[1] ?? "", message: read[2] ?? "" }) : undefined;
}

function entry(said: Partial<Entry>): Entry {
  return { code: "unformatted", message: "", filename: "", ...said };
}

function doesNotAddUp(announced: number, named: number): Diagnostic {
  return errorOf("SYM4452", "what ruff wrote cannot be read", {
    hint: "run the task's command by hand; a ruff before 0.1 does not name the files that it would reformat",
    notes: [`it announced ${String(announced)} files and named ${String(named)}`],
  });
}
