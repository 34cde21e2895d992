import { ok } from "../../core/result.ts";
import { selectProjects } from "../../graph/selection.ts";
import type { CliCommand } from "../command.ts";
import { openWorkspace } from "../open-workspace.ts";
import { FILTER_OPTIONS } from "../selection-options.ts";
import { table } from "../table.ts";

/** `symbiotic projects`: what was found, and where. */
export const projectsCommand: CliCommand = {
  name: "projects",
  summary: "list the projects that were found",
  usage: "[options]",
  positionals: { least: 0, most: 0, what: "" },
  options: FILTER_OPTIONS,
  examples: [
    ["symbiotic projects", "names, folders, tags"],
    ["symbiotic projects --filter ...core --json", "core and all that depends on it, with their edges"],
  ],
  async run(parsed, context) {
    const opened = await openWorkspace(parsed, context);
    if (!opened.ok) return opened;
    const { workspace } = opened.value;
    const chosen = selectProjects(parsed.lists.get("filter") ?? [], parsed.lists.get("exclude") ?? [], workspace);
    if (!chosen.ok) return chosen;
    const projects = workspace.projects.filter(({ name }) => chosen.value.has(name));
    const json = projects.map((project) => {
      const { name, root, tags, manifests, dependsOn } = project;
      return { name, root, tags, manifests, dependsOn, files: workspace.filesOf(project).length };
    });
    const rows = projects.map(({ name, root, tags }) => [name, root, tags.join(" ")]);
    const text = rows.length === 0 ? "no project was found" : table(rows);
    return ok({ exitCode: 0, json, text });
  },
};
