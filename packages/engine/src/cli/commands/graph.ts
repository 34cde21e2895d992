import { ok } from "../../core/result.ts";
import { plan } from "../../plan.ts";
import type { CliCommand } from "../command.ts";
import { openWorkspace } from "../open-workspace.ts";
import { affectedOf, SELECTION_OPTIONS } from "../selection-options.ts";

/** `symbiotic graph`: the tasks of a target by level, with their edges. */
export const graphCommand: CliCommand = {
  name: "graph",
  summary: "the task graph of a target, by level",
  usage: "[target...] [options]",
  positionals: { least: 0, most: 1000, what: "targets" },
  options: {
    ...SELECTION_OPTIONS,
    projects: { kind: "flag", describe: "the projects and their edges instead of tasks" },
  },
  examples: [
    ["symbiotic graph", "the tasks of gates"],
    ["symbiotic graph --projects --json", "the projects and why one depends on another"],
  ],
  async run(parsed, context) {
    const opened = await openWorkspace(parsed, context);
    if (!opened.ok) return opened;
    const { workspace } = opened.value;
    if (parsed.flags.has("projects")) {
      const json = {
        projects: workspace.projects.map(({ name, root }) => ({ name, root })),
        edges: workspace.edges.map((edge) => ({ ...edge })),
      };
      const lines = workspace.edges.map(({ from, to, because }) => `${from} → ${to}  ${because}`);
      return ok({
        exitCode: 0,
        json,
        text: [...workspace.projects.map(({ name }) => name), ...(lines.length > 0 ? ["", ...lines] : [])].join("\n"),
      });
    }
    const affected = affectedOf(parsed, context.environment);
    if (!affected.ok) return affected;
    const names = parsed.positionals.length > 0 ? parsed.positionals : ["gates"];
    const filters = { filters: parsed.lists.get("filter") ?? [], exclude: parsed.lists.get("exclude") ?? [] };
    const planned = plan(opened.value, {
      names,
      ...filters,
      environment: context.environment.variables,
      ...(affected.value === undefined ? {} : { affected: affected.value }),
    });
    if (!planned.ok) return planned;
    const { graph } = planned.value;
    const gates = opened.value.index.gates.map(({ id, gate }) => ({ id, title: gate.title, reads: gate.reads }));
    const json = {
      levels: graph.levels,
      tasks: graph.order.map(({ id, project, atomId, dependsOn }) => ({
        id,
        project: project.name,
        atom: atomId,
        level: graph.level(id),
        dependsOn,
      })),
      gates: gates.filter(({ reads }) => graph.order.some(({ atomId }) => reads.includes(atomId))),
    };
    const lines = Array.from({ length: graph.levels }, (_, level) => [
      `level ${String(level)}`,
      ...graph.order
        .filter(({ id }) => graph.level(id) === level)
        .map(({ id, dependsOn }) => `  ${id}${dependsOn.length > 0 ? `  ← ${dependsOn.join(", ")}` : ""}`),
    ]);
    const gateLines = json.gates.map(({ title, reads }) => `  ${title}  ← ${reads.join(", ")}`);
    return ok({
      exitCode: 0,
      json,
      text: [...lines.flat(), ...(gateLines.length > 0 ? ["gates", ...gateLines] : [])].join("\n") || "no task",
    });
  },
};
