import type { AgentRole } from "../../config/guard-schema.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { fail, type Result } from "../../core/result.ts";
import { selectAtoms } from "../../graph/selection.ts";
import type { CliContext, CliOutput } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { openWorkspace } from "../open-workspace.ts";
import { askAndTell } from "./ask-and-tell.ts";
import { askedByFlags } from "./asked.ts";

/** `symbiotic agent run`: one agent, with a task in words. */
export async function runAgentCommand(
  task: string,
  parsed: Parsed,
  context: CliContext,
): Promise<Result<CliOutput, readonly Diagnostic[]>> {
  const flags = askedByFlags(parsed);
  if (!flags.ok) return fail([flags.error]);
  const opened = await openWorkspace(parsed, context);
  if (!opened.ok) return opened;
  const role = (parsed.values.get("role") ?? "developer") as AgentRole;
  const checks = parsed.lists.get("check") ?? [];
  // A name that is wrong is told before an agent is paid for.
  const known = selectAtoms(checks, opened.value.index, opened.value.workspace);
  if (!known.ok) return known;
  const asked = { ...flags.value, task, role, foreign: [], checks };
  return askAndTell(asked, { opened: opened.value, parsed, context });
}
