import { errorOf, type CommandResult, type Diagnostic } from "@symbiotic-build/engine";

/** Ruff gave up before it had a result: SYM4451 with ruff's own reason. */
export function stopped(result: CommandResult): Diagnostic {
  const lines = result.stderr.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.startsWith("warning:"));
  const reason = reasonOf(lines);
  return errorOf("SYM4451", `ruff stopped with exit code ${String(result.exitCode)}: ${reason}`, {
    hint: hintFor(reason),
    notes: lines,
  });
}

/** The last cause that ruff names; what is above it only says where it was met. */
function reasonOf(lines: readonly string[]): string {
  const causes = lines.filter((line) => line.startsWith("  Cause: ") || line.startsWith("error: "));
  const cause = causes.at(-1)?.replace(/^ {2}Cause: |^error: /, "");
  if (cause?.startsWith("TOML parse error") !== true) return cause ?? lines.at(-1) ?? "it wrote no reason";
  return `${cause}: ${lines.at(-1) ?? ""}`;
}

function hintFor(reason: string): string {
  if (reason.startsWith("Required version"))
    return "install the ruff that the repository requires, or change `required-version`";
  if (reason.includes("rule selector"))
    return "this ruff does not know the rule: correct the selector, or install the ruff that does";
  return "correct what ruff complains of; `ruff check` in the project's folder says the same";
}
