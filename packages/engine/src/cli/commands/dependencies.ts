import { fail, ok } from "../../core/result.ts";
import { dependentsOf, unknownProject } from "../../graph/selection.ts";
import type { Project } from "../../plugin/project.ts";
import type { ProjectEdge, Workspace } from "../../workspace/workspace.ts";
import type { CliCommand } from "../command.ts";
import { openWorkspace } from "../open-workspace.ts";
import { table } from "../table.ts";

const positionals = { least: 1, most: 1, what: "a project" };
const options = { direct: { kind: "flag", describe: "only the nearest" } } as const;

/** `symbiotic dependencies`: what a project depends on, and why. */
export const dependenciesCommand: CliCommand = {
  name: "dependencies",
  summary: "what a project depends on, and why",
  usage: "<project> [options]",
  positionals,
  options,
  examples: [["symbiotic dependencies api", "everything that api depends on, nearest first"]],
  run: (parsed, context) =>
    neighbours(parsed, context, (project, workspace, direct) =>
      direct ? named(project.dependsOn, workspace) : workspace.upstream(project),
    ),
};

/** `symbiotic dependents`: what depends on a project, and why. */
export const dependentsCommand: CliCommand = {
  name: "dependents",
  summary: "what depends on a project, and why",
  usage: "<project> [options]",
  positionals,
  options,
  examples: [["symbiotic dependents core --direct", "the projects that name core themselves"]],
  run: (parsed, context) =>
    neighbours(parsed, context, (project, workspace, direct) =>
      direct
        ? workspace.projects.filter(({ dependsOn }) => dependsOn.includes(project.name))
        : dependentsOf([project], workspace),
    ),
};

type Find = (project: Project, workspace: Workspace, direct: boolean) => readonly Project[];

async function neighbours(
  parsed: Parameters<CliCommand["run"]>[0],
  context: Parameters<CliCommand["run"]>[1],
  find: Find,
): ReturnType<CliCommand["run"]> {
  const opened = await openWorkspace(parsed, context);
  if (!opened.ok) return opened;
  const { workspace } = opened.value;
  const name = parsed.positionals[0] ?? "";
  const project = workspace.project(name);
  if (project === undefined) return fail([unknownProject(name, workspace)]);
  const found = find(project, workspace, parsed.flags.has("direct"));
  const among = new Set([name, ...found.map((each) => each.name)]);
  const json = found.map((each) => ({
    name: each.name,
    root: each.root,
    because: reasons(each.name, among, workspace.edges),
  }));
  const text = json.length === 0 ? "none" : table(json.map((each) => [each.name, each.root, each.because.join("; ")]));
  return ok({ exitCode: 0, json, text });
}

function named(names: readonly string[], workspace: Workspace): Project[] {
  return names.flatMap((name) => workspace.project(name) ?? []);
}

function reasons(name: string, among: ReadonlySet<string>, edges: readonly ProjectEdge[]): string[] {
  return edges
    .filter(({ from, to }) => (from === name || to === name) && among.has(from) && among.has(to))
    .map(({ from, to, because }) => `${from} → ${to}: ${because}`);
}
