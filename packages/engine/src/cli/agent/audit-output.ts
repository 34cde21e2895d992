import { existsSync } from "node:fs";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { JsonValue } from "../../core/json.ts";
import { EXIT } from "../../core/status.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { decodeEntry, type AuditEntry } from "../../guard/audit/audit-entry.ts";
import { unusable, type AuditPlace } from "../../guard/audit/audit-place.ts";
import { readLines } from "../../guard/audit/log-file.ts";
import type { AuditReport } from "../../guard/audit/verify-audit.ts";
import { formatDiagnostic } from "../../report/diagnostic.ts";
import type { CliOutput } from "../command.ts";

/** The last entries of a log, a line each. */
export function lastEntries(place: AuditPlace, many: number): Result<CliOutput, readonly Diagnostic[]> {
  const entries: AuditEntry[] = [];
  try {
    if (existsSync(place.file))
      readLines(place.file, (line) => {
        const read = decodeEntry(line);
        if (read !== undefined) entries.push(read.entry);
        if (entries.length > many) entries.shift();
      });
  } catch (thrown) {
    return fail([unusable(place, thrown)]);
  }
  return ok({
    exitCode: EXIT.passed,
    text: entries.length === 0 ? "no agent has worked here" : entries.map(lineOf).join("\n"),
    json: entries as unknown as JsonValue,
  });
}

function lineOf({ seq, time, event, run = "", data }: AuditEntry): string {
  const told = data === undefined ? "" : `  ${JSON.stringify(data)}`;
  const line = `#${String(seq).padEnd(5)} ${time.slice(0, 19)}Z  ${run.padEnd(20)} ${event.padEnd(16)}${told}`;
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

/** What is told of a log that is whole. */
export function whole({ entries, head, warnings }: AuditReport): CliOutput {
  const lines = [
    ...warnings.map((warning) => formatDiagnostic(warning, { colour: false })),
    `${String(entries)} entries, each follows from the one before${head === undefined ? "" : ` · head ${head}`}`,
  ];
  return { exitCode: EXIT.passed, text: lines.join("\n"), json: { entries, ...(head === undefined ? {} : { head }) } };
}

/** What is told of one that is not. */
export function broken(why: Diagnostic): Pick<CliOutput, "text" | "json"> {
  return { text: formatDiagnostic(why, { colour: false }), json: { code: why.code, message: why.message } };
}
