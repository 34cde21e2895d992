import { ok } from "../../core/result.ts";
import type { TaskId } from "../../core/task-id.ts";
import type { AffectedReason } from "../../graph/affected.ts";
import { plan } from "../../plan.ts";
import type { CliCommand } from "../command.ts";
import { openWorkspace } from "../open-workspace.ts";
import { BASE_OPTIONS, comparison } from "../selection-options.ts";
import { table } from "../table.ts";

/** `symbiotic affected`: which tasks a change reaches, and by which file. */
export const affectedCommand: CliCommand = {
  name: "affected",
  summary: "which projects and tasks a change reaches, and why",
  usage: "[target...] [options]",
  describe: "Compares as `run --affected` does and runs nothing. Without targets: gates.",
  positionals: { least: 0, most: 1000, what: "targets" },
  options: {
    ...BASE_OPTIONS,
    files: { kind: "flag", describe: "list the files that changed as well" },
    explain: { kind: "flag", describe: "for each task the way from the path that decided it" },
  },
  examples: [
    ["symbiotic affected", "since your branch left the base branch"],
    ["symbiotic affected --base v1.2 --head v1.3 --json", "between two releases, for a script"],
  ],
  async run(parsed, context) {
    const opened = await openWorkspace(parsed, context, { compares: true });
    if (!opened.ok) return opened;
    const { environment } = context;
    const names = parsed.positionals.length > 0 ? parsed.positionals : ["gates"];
    const affected = comparison(parsed.values.get("base") ?? environment.settings.base, parsed.values.get("head"));
    const planned = plan(opened.value, {
      names,
      filters: [],
      exclude: [],
      affected,
      environment: environment.variables,
    });
    if (!planned.ok) return planned;
    const { changes, reasons } = planned.value;
    const tasks = [...reasons.values()];
    const files = changes?.files ?? [];
    const json = {
      base: changes === undefined ? null : { ...changes.comparison },
      files: files.map((file) => ({ ...file })),
      tasks: tasks.map((task) => ({ ...task })),
    };
    const head =
      changes === undefined
        ? ""
        : `base ${changes.comparison.base} (${changes.comparison.reason}, ${changes.comparison.commit.slice(0, 7)}) · ${filesChanged(changes.comparison.changedFiles)}`;
    const listed = parsed.flags.has("files") ? files.map(({ status, path }) => `  ${status.padEnd(8)}  ${path}`) : [];
    const isExplained = parsed.flags.has("explain");
    const rows = tasks.map(({ task, because }) => [task, isExplained ? wayTo(task, reasons) : because]);
    const shown = tasks.length === 0 ? "nothing is affected" : table(rows);
    return ok({ exitCode: 0, json, text: [head, ...listed, shown].join("\n") });
  },
};

/** `waits for core:build ← depends on util ← util/a.py changed`. */
function wayTo(task: TaskId, reasons: ReadonlyMap<TaskId, AffectedReason>): string {
  const steps: string[] = [];
  for (let reason = reasons.get(task); reason !== undefined; ) {
    const isForeign = reason.path !== undefined && !reason.because.startsWith(reason.path);
    steps.push(reason.because, ...(isForeign ? [`${reason.path ?? ""} changed`] : []));
    reason = reason.after === undefined ? undefined : reasons.get(reason.after);
  }
  return steps.join(" ← ");
}

function filesChanged(count: number): string {
  return count === 1 ? "1 file changed" : `${String(count)} files changed`;
}
