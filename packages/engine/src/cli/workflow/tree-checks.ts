import type { Diagnostic } from "../../core/diagnostic.ts";
import { fail, type Result } from "../../core/result.ts";
import { checkChange } from "../../edit/check-change.ts";
import type { Checked, RunChecks } from "../../edit/checked.ts";
import { sandboxFor } from "../../edit/sandbox-for.ts";
import { treeOf } from "../agent/edit-request.ts";
import type { StepTools } from "./step-tools.ts";
import type { UsedTree } from "./trees.ts";

/** Runs something in a fresh copy of a tree, as it is committed there: held, without network, under the variables of nobody. */
export async function inCopyOf(
  { opened }: UsedTree,
  { context, unsandboxed }: StepTools,
  { id, run }: { readonly id: string; readonly run: RunChecks },
): Promise<Result<Checked, readonly Diagnostic[]>> {
  const tree = treeOf(opened, context);
  const sandbox = sandboxFor({ host: tree.host, unsandboxed });
  if (!sandbox.ok) return fail([sandbox.error]);
  return checkChange({ ...tree, id, signal: context.signal }, { changed: [], sandbox: sandbox.value, run });
}
