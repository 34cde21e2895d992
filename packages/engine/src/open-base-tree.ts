import { errorOf, type Diagnostic } from "./core/diagnostic.ts";
import { fail, ok, type Result } from "./core/result.ts";
import type { BaseTree, OpenBaseTree } from "./execute/base-tree.ts";
import { createDivider } from "./fingerprint/variables.ts";
import type { Opened } from "./open.ts";
import type { Plan } from "./plan.ts";
import type { RunRequest } from "./request.ts";

/** How a run comes to the tree of its base; undefined where it compares with nothing. The tree is made once, when it is first asked for. */
export function openBaseTree(opened: Opened, { judging }: RunRequest, { changes }: Plan): OpenBaseTree | undefined {
  if (judging === undefined || changes === undefined) return undefined;
  const passed = opened.config.settings.environment?.pass ?? [];
  let tree: ReturnType<OpenBaseTree> | undefined;
  const make = async (): Promise<Result<BaseTree, Diagnostic>> => {
    const base = await judging.bases.open(changes.comparison.commit);
    if (!base.ok) return fail(base.error[0] ?? errorOf("SYM7023", "the base cannot be opened"));
    const environment = base.value.environment();
    if (!environment.ok) return environment;
    const root = base.value.roots.to;
    const divide = createDivider(environment.value, passed, { root, platform: process.platform });
    return ok({ root, given: (declared) => divide(declared).given });
  };
  return () => (tree ??= make());
}
