import { readFileSync } from "node:fs";
import { checkFiles } from "./check-files.ts";
import { formatFiles } from "./format-files.ts";
import { requestSchema } from "./request.ts";

/**
 * The embedded ruff: `main check|format`, with a request on stdin and the repository's root as the current folder. Writes
 * `{ entries, notChecked }` to stdout; exit codes are ruff's: 0 nothing found, 1 found something, 2 stopped.
 */
function main(mode: string | undefined): number {
  const request = requestSchema.parse(JSON.parse(readFileSync(0, "utf8")));
  const report = mode === "format" ? formatFiles(request) : checkFiles(request);
  process.stdout.write(JSON.stringify(report));
  return report.entries.length === 0 ? 0 : 1;
}

try {
  process.exitCode = main(process.argv[2]);
} catch (error) {
  process.stderr.write(`ruff failed\n  Cause: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
