import type { Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { openHistory } from "../../cache/history.ts";
import { layoutOf } from "../../cache/layout.ts";
import { selectProjects } from "../../graph/selection.ts";
import { cacheDirectory, type Opened } from "../../open.ts";
import { plan } from "../../plan.ts";
import { graphJson } from "../../report/graph/graph-json.ts";
import type { GraphView } from "../../report/graph/graph-view.ts";
import { projectView } from "../../report/graph/project-view.ts";
import { taskView } from "../../report/graph/task-view.ts";
import type { CliCommand, CliContext } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { drawGraph, FORMATS, formatOf } from "../graph-format.ts";
import { openWorkspace } from "../open-workspace.ts";
import { affectedOf, SELECTION_OPTIONS } from "../selection-options.ts";
import { writeOutput } from "../write-output.ts";

/** `symbiotic graph`: the tasks of a target by level, with their edges, for people, programs and drawings. */
export const graphCommand: CliCommand = {
  name: "graph",
  summary: "the task graph of a target: as text, JSON, a drawing or a page",
  usage: "[target...] [options]",
  describe: "Without targets: gates. Nothing is run. docs/graph.md explains the formats.",
  positionals: { least: 0, most: 1000, what: "targets" },
  options: {
    ...SELECTION_OPTIONS,
    projects: { kind: "flag", describe: "the projects and their edges instead of tasks" },
    format: {
      kind: "value",
      value: "<format>",
      describe: `${FORMATS.join(", ")} (default: text); html is one page that needs no network`,
      oneOf: FORMATS,
    },
    output: { kind: "value", value: "<file>", describe: "write to this file instead of standard output" },
  },
  examples: [
    ["symbiotic graph", "the tasks of gates, level by level"],
    ["symbiotic graph --format html --output graph.html", "a page to look around in"],
    ["symbiotic graph test --format mermaid", "for a Markdown document"],
    ["symbiotic graph --projects --json", "the projects and why one depends on another"],
  ],
  async run(parsed, context) {
    const format = formatOf(parsed);
    if (!format.ok) return fail([format.error]);
    const opened = await openWorkspace(parsed, context);
    if (!opened.ok) return opened;
    const ask = parsed.flags.has("projects") ? viewOfProjects : viewOfTasks;
    const view = ask(opened.value, parsed, context);
    if (!view.ok) return view;
    const file = parsed.values.get("output");
    const text = await drawGraph(view.value, format.value);
    if (file !== undefined) return writeOutput(file, text, context.cwd);
    return ok({ exitCode: 0, text, ...(format.value === "json" ? { json: graphJson(view.value) } : {}) });
  },
};

type View = Result<GraphView, readonly Diagnostic[]>;

function viewOfProjects({ workspace }: Opened, parsed: Parsed): View {
  const chosen = selectProjects(parsed.lists.get("filter") ?? [], parsed.lists.get("exclude") ?? [], workspace);
  if (!chosen.ok) return chosen;
  const projects = workspace.projects.filter(({ name }) => chosen.value.has(name));
  return ok(projectView({ projects, edges: workspace.edges }));
}

function viewOfTasks(opened: Opened, parsed: Parsed, { environment }: CliContext): View {
  const affected = affectedOf(parsed, environment);
  if (!affected.ok) return affected;
  const names = parsed.positionals.length > 0 ? parsed.positionals : ["gates"];
  const planned = plan(opened, {
    names,
    filters: parsed.lists.get("filter") ?? [],
    exclude: parsed.lists.get("exclude") ?? [],
    environment: environment.variables,
    ...(affected.value === undefined ? {} : { affected: affected.value }),
  });
  if (!planned.ok) return planned;
  const { graph, reasons } = planned.value;
  const history = openHistory(layoutOf(cacheDirectory(opened, environment.settings.cacheDir)).history);
  const durations = (task: string): readonly number[] => history.durations(task);
  return ok(taskView({ title: names.join(" "), graph, gates: opened.index.gates, reasons, durations }));
}
