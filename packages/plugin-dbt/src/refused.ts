import type { CommandResult, Diagnostic } from "@symbiotic-build/engine";
import { stopped } from "@symbiotic-build/validator";

/** A dbt that has no results: SYM4461 with the reason that it gave after all its progress. */
export function refused(result: Pick<CommandResult, "exitCode" | "stderr" | "stdout">): Diagnostic {
  const [, said] = /Encountered an error:?\s*\n([^]*)$/.exec(result.stdout) ?? [];
  if (said === undefined) return stopped("dbt", result);
  const lines = said.split(/\r?\n/).map((line) => line.replace(/^\d\d:\d\d:\d\d\s*/, "").trim());
  const reason = lines.filter((line) => line !== "");
  return stopped("dbt", { ...result, stderr: [...reason, `error: ${reason.slice(0, 3).join(": ")}`].join("\n") });
}
