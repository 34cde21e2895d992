import type { Diagnostic } from "../../core/diagnostic.ts";
import type { JsonValue } from "../../core/json.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { openCache } from "../../cache/open-cache.ts";
import { createToolFinder, type ToolFinder } from "../../execute/tool-finder.ts";
import { cacheDirectory, type Opened } from "../../open.ts";
import { plan } from "../../plan.ts";
import { guarded } from "../../plugin/guarded.ts";
import type { CliCommand, CliContext } from "../command.ts";
import { openWorkspace } from "../open-workspace.ts";
import { table } from "../table.ts";

/** `symbiotic doctor`: what this machine and this repository offer, and what is missing. */
export const doctorCommand: CliCommand = {
  name: "doctor",
  summary: "what was found: git, configuration, environments, tools; and what is missing",
  usage: "[options]",
  positionals: { least: 0, most: 0, what: "" },
  options: {},
  examples: [["symbiotic doctor --json", "for a bug report"]],
  async run(parsed, context) {
    const opened = await openWorkspace(parsed, context);
    if (!opened.ok) return opened;
    const tools = toolRows(opened.value, context);
    if (!tools.ok) return tools;
    const { repository, config, workspace } = opened.value;
    const directory = cacheDirectory(opened.value, context.environment.settings.cacheDir);
    const { cache, problems } = openCache(directory);
    cache.close();
    const version = repository.git(["--version"]);
    const facts = {
      symbiotic: context.version,
      node: process.versions.node,
      git: version.ok ? version.value.stdout.toString("utf8").trim().replace("git version ", "") : "?",
      platform: `${process.platform} ${process.arch}`,
      repository: repository.root,
      configuration: config.file ?? "none (zero config)",
      plugins: config.plugins
        .map(({ name, identity }) => (identity.kind === "package" ? `${name} ${identity.version}` : `${name} (local)`))
        .join(", "),
      projects: String(workspace.projects.length),
      cache: problems.length === 0 ? directory : `${directory}: ${problems[0]?.message ?? ""}`,
    };
    const environments = environmentRows(opened.value, context);
    const missing = opened.value.workspace.projects.flatMap((project) =>
      finderOf(opened.value, context).missing(project),
    );
    if (missing.length > 0) return fail(missing);
    const json = {
      ...facts,
      environments: environments.map((row) => ({ ...row })),
      tools: tools.value.map((row) => ({ ...row })),
    };
    const rows = tools.value.map(({ tool, version: found, origin, projects }) => [
      `  ${tool}`,
      found ?? "not installed",
      origin,
      projects,
    ]);
    return ok({
      exitCode: 0,
      json,
      text: [
        table(Object.entries(facts)),
        "",
        "environments",
        environments.length === 0 ? "  none was found" : table(environments.map(environmentCells)),
        "",
        "tools",
        rows.length === 0 ? "  none is asked for" : table(rows),
      ].join("\n"),
    });
  },
};

function environmentCells({ python, version, origin, distributions }: EnvironmentRow): string[] {
  return [`  ${python}`, version, origin === python ? "" : origin, `${String(distributions)} distributions`];
}

function finderOf({ repository }: Opened, { environment, node }: CliContext): ToolFinder {
  const memo = new Map<string, JsonValue>();
  return createToolFinder({ root: repository.root, env: environment.variables, home: environment.home, node, memo });
}

interface EnvironmentRow {
  readonly python: string;
  readonly version: string;
  readonly origin: string;
  readonly distributions: number;
}

/** The Python environments of all projects, each once. */
function environmentRows(opened: Opened, context: CliContext): EnvironmentRow[] {
  const finder = finderOf(opened, context);
  const all = opened.workspace.projects.flatMap((project) => finder.describe(project, []));
  return [
    ...new Map(
      all.map(({ python, version = "does not run", origin, distributions }) => [
        python,
        { python, version, origin, distributions },
      ]),
    ).values(),
  ];
}

interface ToolRow {
  readonly tool: string;
  readonly version: string | null;
  /** Where it was found, or where it was looked for. */
  readonly origin: string;
  readonly projects: string;
}

function toolRows(opened: Opened, context: CliContext): Result<ToolRow[], readonly Diagnostic[]> {
  const { environment } = context;
  const planned = plan(opened, {
    names: [...opened.index.atoms.keys()],
    filters: [],
    exclude: [],
    environment: environment.variables,
  });
  if (!planned.ok) return planned;
  const finder = finderOf(opened, context);
  const groups = new Map<string, { readonly row: Omit<ToolRow, "projects">; readonly projects: Set<string> }>();
  for (const { id, atom, context: bound, project } of planned.value.graph.order) {
    const specs = guarded(`${id}: tools`, () => atom.tools?.(bound) ?? []);
    if (!specs.ok) return fail([specs.error]);
    if (specs.value.length === 0) continue;
    const found = finder.find(project, specs.value);
    const row = found.ok
      ? {
          tool: found.value.resolved.name,
          version: found.value.resolved.version,
          origin: found.value.display.join(" "),
        }
      : {
          tool: found.error.names.join(" or "),
          version: null,
          origin: `looked in ${found.error.lookedIn.join(", ") || "no environment"}`,
        };
    const key = JSON.stringify(row);
    const group = groups.get(key) ?? { row, projects: new Set() };
    group.projects.add(project.name);
    groups.set(key, group);
  }
  return ok(
    [...groups.values()].map(({ row, projects }) => ({
      ...row,
      projects: shownProjects([...projects], opened.workspace.projects.length),
    })),
  );
}

function shownProjects(names: readonly string[], all: number): string {
  if (names.length === all) return all === 1 ? (names[0] ?? "") : `all ${String(all)} projects`;
  return names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${String(names.length - 3)} more` : names.join(", ");
}
