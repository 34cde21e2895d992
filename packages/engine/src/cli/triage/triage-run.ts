import type { Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { findRun } from "../../journal/resumable.ts";
import { readEvents } from "../../report/read-events.ts";
import { RunView } from "../../report/run-view.ts";
import { openRepository } from "../../workspace/git/repository.ts";
import type { CliContext, CliOutput } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { openWorkspace } from "../open-workspace.ts";
import { lanesOfRun } from "./lanes-of-run.ts";
import { triageJson, triageText } from "./triage-output.ts";

/** Says of a run's findings and failures who can mend them. */
export async function triageRun(
  parsed: Parsed,
  context: CliContext,
): Promise<Result<CliOutput, readonly Diagnostic[]>> {
  const repository = openRepository(context.cwd, context.environment.variables);
  if (!repository.ok) return fail([repository.error]);
  const found = findRun(repository.value.root, parsed.positionals[0] ?? "latest");
  if (!found.ok) return fail([found.error]);
  const view = new RunView();
  for (const envelope of readEvents(found.value.directory)) view.apply(envelope);
  // The plugins of its atoms are loaded, whether or not anything else asks for them.
  const atoms = [...new Set((view.plan?.tasks ?? []).map(({ atom }) => atom))];
  const opened = await openWorkspace({ ...parsed, positionals: atoms }, context);
  if (!opened.ok) return opened;
  const triaged = lanesOfRun(view, opened.value.index);
  const { id } = found.value;
  return ok({ exitCode: 0, text: triageText(triaged, id), json: triageJson(triaged, id) });
}
