import { errorOf, type CommandResult, type Diagnostic } from "@symbiotic-build/engine";

/** The code of a tool that gave up. */
export const STOPPED = "SYM4461";

const MOST_LINES = 20;

/** A tool that gave up before it had a result: SYM4461 with the last of what it said. */
export function stopped(
  tool: string,
  { exitCode, stderr, stdout }: Pick<CommandResult, "exitCode" | "stderr" | "stdout">,
  hint = `correct what ${tool} complains of; the task's log has all of it`,
): Diagnostic {
  const said = linesOf(stderr);
  const lines = said.length > 0 ? said : linesOf(stdout);
  return errorOf(STOPPED, `${tool} stopped with exit code ${String(exitCode)}: ${reasonOf(lines)}`, {
    hint,
    notes: lines.slice(-MOST_LINES),
  });
}

/** Of a Python traceback the last line is the error; of other tools the last line that names one. */
function reasonOf(lines: readonly string[]): string {
  const named = lines.findLast((line) => /\berror\b|\bfatal\b/i.test(line));
  return (named ?? lines.at(-1) ?? "it wrote no reason").trim().slice(0, 300);
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== "");
}
