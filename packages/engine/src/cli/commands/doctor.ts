import type { JsonValue } from "../../core/json.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { atomsOf, unknownTarget } from "../../graph/selection.ts";
import { openCache } from "../../cache/open-cache.ts";
import { createToolFinder, type ToolFinder } from "../../execute/tool-finder.ts";
import { cacheDirectory, type Opened } from "../../open.ts";
import type { CliCommand, CliContext } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { platformRows, type PlatformRow } from "../doctor/platform-rows.ts";
import { toolRows, wantedTools, type ToolRow } from "../doctor/wanted-tools.ts";
import { openWorkspace } from "../open-workspace.ts";
import { table } from "../table.ts";
import { platformNames } from "../../config/issues-schema.ts";

/** `symbiotic doctor`: what this machine and this repository offer, and what is missing. */
export const doctorCommand: CliCommand = {
  name: "doctor",
  summary: "what was found: git, configuration, environments, tools; and what is missing",
  usage: "[tool...] [options]",
  describe:
    "With --install it also puts the tools that are missing into `.symbiotic/tools`, each in the release that its plugin names, from the tool's own registry. The project's own environment always comes first. Tools that nothing in the repository mentions yet can be named.",
  positionals: { least: 0, most: 1000, what: "" },
  options: {
    install: { kind: "flag", describe: "install the tools that are missing: from PyPI, npm, Go modules, crates.io" },
  },
  examples: [
    ["symbiotic doctor --install", "bring the tools that are missing"],
    ["symbiotic doctor semgrep --install", "bring a tool that the repository does not mention yet"],
    ["symbiotic doctor --json", "for a bug report"],
  ],
  async run(parsed, context) {
    const opened = await openWorkspace(parsed, context);
    if (!opened.ok) return opened;
    const found = await lookForTools(parsed, opened.value, context);
    if (!found.ok) return found;
    const tools = found.value;
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
    const missing = workspace.projects.flatMap((project) => finderOf(opened.value, context).missing(project));
    if (missing.length > 0) return fail(missing);
    const names = platformNames(config.settings.issues);
    const platforms = await platformRows(names, { opened: opened.value, parsed, context });
    const json = {
      ...facts,
      ...(names.length === 0 ? {} : { platforms: [...platforms] }),
      environments: environments.map((row) => ({ ...row })),
      tools: tools.map((row) => ({ ...row })),
    };
    const rows = tools.map(({ tool, version: found, origin, projects }) => [
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
        ...platformText(platforms),
      ].join("\n"),
    });
  },
};

/** The tools that are asked for; with `--install` after those that are missing were installed. */
async function lookForTools(
  { positionals, flags }: Parsed,
  opened: Opened,
  context: CliContext,
): Promise<Result<readonly ToolRow[], readonly Diagnostic[]>> {
  const { index, repository, workspace } = opened;
  const unknown = positionals.filter((name) => atomsOf(name, index) === undefined);
  if (unknown.length > 0) return fail(unknown.map((name) => unknownTarget(name, index)));
  const look = (): ReturnType<typeof wantedTools> =>
    wantedTools(opened, finderOf(opened, context), context.environment.variables);
  const wanted = look();
  if (!wanted.ok || !flags.has("install"))
    return wanted.ok ? ok(toolRows(wanted.value, workspace.projects.length)) : wanted;
  const { installMissing } = await import("../doctor/install-missing.ts");
  const installed = await installMissing(wanted.value, repository.root, context);
  if (!installed.ok) return installed;
  const after = look();
  return after.ok ? ok(toolRows(after.value, workspace.projects.length)) : after;
}

/** Nothing where no platform is configured. */
function platformText(rows: readonly PlatformRow[]): readonly string[] {
  const cells = rows.map(({ platform, version, origin }) => [`  ${platform}`, version ?? "not usable", origin]);
  return rows.length === 0 ? [] : ["", "platforms", table(cells)];
}

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
