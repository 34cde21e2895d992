import type { CommandResult, Diagnostic } from "@symbiotic-build/engine";
import { stopped } from "@symbiotic-build/validator";

/** ESLint that could not lint: SYM4461 with its first words after the greeting, as its last ones are advice. */
export function gaveUp(result: CommandResult): Diagnostic {
  const diagnostic = stopped("eslint", result);
  const lines = result.stderr.split(/\r?\n/).filter((line) => line.trim() !== "");
  const reason = lines.find((line) => !/^(?:Oops! Something went wrong|ESLint: \d)/.test(line));
  if (reason === undefined) return diagnostic;
  return {
    ...diagnostic,
    message: `eslint stopped with exit code ${String(result.exitCode)}: ${reason.trim().slice(0, 300)}`,
    notes: lines.slice(0, MOST_LINES),
  };
}

const MOST_LINES = 20;
