import type { Diagnostic } from "../../core/diagnostic.ts";
import { ok, type Result } from "../../core/result.ts";
import type { Reporter } from "../../report/reporter.ts";
import { RunView } from "../../report/run-view.ts";
import { run } from "../../run.ts";
import { createRunFiles, quietly } from "../run-files.ts";
import { runRequest } from "../run-request.ts";
import type { KnownChange } from "../../plan.ts";
import type { Parsed } from "../../plugin/command.ts";
import type { OpenedTree } from "./fix-tree.ts";

/** Which tasks a step is about. */
export type StepScope =
  /** What the command line selects: projects, and what a change reaches. */
  | { readonly kind: "asked"; readonly changed: KnownChange | undefined }
  /** Tasks that are named one by one. */
  | { readonly kind: "named" };

/** Runs atoms in the copy, tells nobody, and gives what happened. The run has a record like any other. */
export async function runStep(
  { opened, parsed, context }: OpenedTree,
  names: readonly string[],
  scope: StepScope,
): Promise<Result<RunView, readonly Diagnostic[]>> {
  const view = new RunView();
  const collect: Reporter = {
    handle: (envelope) => {
      view.apply(envelope);
    },
    close: () => undefined,
  };
  const asked = scope.kind === "asked" ? { ...parsed, positionals: names } : bare(parsed, names);
  const request = runRequest(asked, context, opened.config.settings);
  if (!request.ok) return request;
  const changed = scope.kind === "asked" && scope.changed !== undefined ? { changed: scope.changed } : {};
  const code = await run(opened, {
    ...request.value,
    ...changed,
    names,
    mode: "always",
    reporters: (record) => [...createRunFiles(record, quietly), collect],
  });
  return code.ok ? ok(view) : code;
}

/** The command line without what selects. */
function bare(parsed: Parsed, names: readonly string[]): Parsed {
  const lists = new Map([...parsed.lists].filter(([name]) => !["filter", "exclude", "files"].includes(name)));
  const values = new Map([...parsed.values].filter(([name]) => name !== "base" && name !== "head"));
  return { ...parsed, positionals: names, flags: new Set(), lists, values };
}
