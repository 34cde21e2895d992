import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { CliOutput } from "./command.ts";

/** Writes what a command would have printed to a file, named from where the command was called. */
export function writeOutput(file: string, text: string, cwd: string): Result<CliOutput, readonly Diagnostic[]> {
  try {
    writeFileSync(resolve(cwd, file), `${text}\n`);
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return fail([
      errorOf("SYM2040", `${file} cannot be written: ${why}`, {
        hint: "name with --output a file in a folder that is there and that you may write to",
      }),
    ]);
  }
  return ok({ exitCode: 0, text: `wrote ${file}` });
}
