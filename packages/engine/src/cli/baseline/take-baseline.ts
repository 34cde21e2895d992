import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { BASELINE, baselineText, readBaseline, type BaselineEntry } from "../../finding/baseline.ts";
import type { Opened } from "../../open.ts";
import { count } from "../../report/numbers.ts";
import type { RunView } from "../../report/run-view.ts";
import type { CliContext, CliOutput } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { openWorkspace } from "../open-workspace.ts";
import { findAll } from "./find-all.ts";

/** Runs the targets and writes what they found to the baseline, or says what in it is gone. */
export async function takeBaseline(
  parsed: Parsed,
  context: CliContext,
): Promise<Result<CliOutput, readonly Diagnostic[]>> {
  const opened = await openWorkspace(parsed, context);
  if (!opened.ok) return opened;
  const path = opened.value.config.settings.baseline ?? BASELINE;
  const before = entriesAt(opened.value, path);
  if (!before.ok) return fail([before.error]);
  const view = await findAll(opened.value, parsed, context);
  if (!view.ok) return view;
  const unfinished = unfinishedTasks(view.value);
  if (unfinished.length > 0 || context.signal.aborted) return fail([notWhole(unfinished, path)]);
  const found = entriesOf(view.value);
  const change = compare(before.value, found);
  const isWhole = parsed.positionals.length === 0;
  if (parsed.flags.has("check")) return ok(checked(change, path));
  const after = isWhole ? found : [...before.value, ...change.added];
  return written({ path, root: opened.value.repository.root, after, change, isWhole });
}

function entriesAt({ texts }: Opened, path: string): Result<readonly BaselineEntry[], Diagnostic> {
  const source = texts.source(path);
  return source === undefined ? ok([]) : readBaseline(source);
}

function entriesOf({ findings }: RunView): readonly BaselineEntry[] {
  return findings.map(({ reported: { finding, fingerprint } }) => {
    const { tool, rule, file } = finding;
    return { fingerprint, tool, rule, file };
  });
}

/** What the baseline lacks, and what of it is gone. */
interface Change {
  readonly added: readonly BaselineEntry[];
  readonly gone: readonly BaselineEntry[];
}

function compare(before: readonly BaselineEntry[], found: readonly BaselineEntry[]): Change {
  const [known, now] = [before, found].map((entries) => new Set(entries.map(({ fingerprint }) => fingerprint)));
  return {
    added: found.filter(({ fingerprint }) => known?.has(fingerprint) !== true),
    gone: before.filter(({ fingerprint }) => now?.has(fingerprint) !== true),
  };
}

function checked({ gone }: Change, path: string): CliOutput {
  const json = { gone: gone.map((entry) => ({ ...entry })) };
  if (gone.length === 0) return { exitCode: 0, json, text: `${path}: each finding in it is still there` };
  const lines = gone.map(({ tool, rule, file }) => `  ${file}  ${tool} ${rule}`);
  const head = `${count(gone.length, "finding")} in ${path} ${gone.length === 1 ? "is" : "are"} gone:`;
  return { exitCode: 1, json, text: [head, ...lines, "`symbiotic baseline` takes them out"].join("\n") };
}

function written({
  path,
  root,
  after,
  change,
  isWhole,
}: {
  readonly path: string;
  readonly root: string;
  readonly after: readonly BaselineEntry[];
  readonly change: Change;
  readonly isWhole: boolean;
}): Result<CliOutput, readonly Diagnostic[]> {
  const gone = isWhole ? change.gone : [];
  try {
    writeFileSync(join(root, path), baselineText(after));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return fail([errorOf("SYM4472", `${path} cannot be written: ${why}`, { hint: "make it writable" })]);
  }
  const all = new Set(after.map(({ fingerprint }) => fingerprint)).size;
  return ok({
    exitCode: 0,
    json: { path, findings: all, added: change.added.length, gone: gone.length },
    text: `${path}: ${count(all, "finding")}, ${String(change.added.length)} new in it, ${String(gone.length)} gone`,
  });
}

/** A task that did not come to its end may have found more. */
function unfinishedTasks({ tasks }: RunView): readonly string[] {
  return [...tasks.values()].flatMap(({ id, finished }) =>
    finished === undefined || finished.status === "broken" ? [id] : [],
  );
}

function notWhole(tasks: readonly string[], path: string): Diagnostic {
  const [first = "the run", ...others] = tasks;
  const more = others.length === 0 ? "" : ` and ${String(others.length)} more`;
  return errorOf("SYM4471", `${path} is not written: ${first}${more} did not finish`, {
    hint: "mend what stopped it, or name the targets whose findings are to be taken",
  });
}
