import type { JsonValue } from "../../core/json.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { atomsOf, unknownTarget } from "../../graph/selection.ts";
import { openCache } from "../../cache/open-cache.ts";
import { createToolFinder, type ToolFinder } from "../../execute/tool-finder.ts";
import { cacheDirectory, type Opened } from "../../open.ts";
import type { CliCommand, CliContext } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { agentInstall, findAgent } from "../../agent/find-agent.ts";
import type { Host } from "../../fingerprint/tool/host.ts";
import { agentsFor } from "../agent/ask-agent.ts";
import type { OfferedAgent } from "../agent/choose-agent.ts";
import { agentCells, agentRows } from "../doctor/agent-rows.ts";
import { missingReleases } from "../doctor/missing-releases.ts";
import { platformRows, type PlatformRow } from "../doctor/platform-rows.ts";
import { toolRows, wantedTools, type ToolRow } from "../doctor/wanted-tools.ts";
import { openWorkspace } from "../open-workspace.ts";
import { table } from "../table.ts";
import { platformNames } from "../../config/issues-schema.ts";

/** `symbiotic doctor`: what this machine and this repository offer, and what is missing. */
export const doctorCommand: CliCommand = {
  name: "doctor",
  summary: "what was found: git, configuration, environments, tools, agents; and what is missing",
  usage: "[tool or agent...] [options]",
  describe:
    "With --install it also puts the tools that are missing into `.symbiotic/tools`, each in the release that its plugin names, from the tool's own registry. The project's own environment always comes first. Tools that nothing in the repository mentions yet can be named, and so can agents.",
  positionals: { least: 0, most: 1000, what: "" },
  options: {
    install: { kind: "flag", describe: "install the tools that are missing: from PyPI, npm, Go modules, crates.io" },
  },
  examples: [
    ["symbiotic doctor --install", "bring the tools that are missing"],
    ["symbiotic doctor semgrep --install", "bring a tool that the repository does not mention yet"],
    ["symbiotic doctor claude --install", "bring an agent's command line, in the release that its plugin is made for"],
    ["symbiotic doctor --json", "for a bug report"],
  ],
  async run(parsed, context) {
    const opened = await openWorkspace(parsed, context);
    if (!opened.ok) return opened;
    const agents = await agentsFor({ agent: "auto" }, opened.value, context);
    if (!agents.ok) return agents;
    const found = await lookForTools(parsed, { opened: opened.value, agents: agents.value, context });
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
    const offered = await agentRows(agents.value, hostOf(opened.value, context), context.signal);
    const json = {
      ...facts,
      ...(names.length === 0 ? {} : { platforms: [...platforms] }),
      environments: environments.map((row) => ({ ...row })),
      tools: tools.map((row) => ({ ...row })),
      agents: [...offered],
    };
    const sections: readonly Section[] = [
      ["environments", environments.map(environmentCells), "none was found"],
      ["tools", tools.map(toolCells), "none is asked for"],
      ["agents", offered.map(agentCells), "no plugin offers one"],
    ];
    return ok({
      exitCode: 0,
      json,
      text: [table(Object.entries(facts)), ...sections.flatMap(sectionText), ...platformText(platforms)].join("\n"),
    });
  },
};

/** A title, its rows, and what is said where there is none. */
type Section = readonly [title: string, rows: readonly (readonly string[])[], none: string];

function sectionText([title, rows, none]: Section): readonly string[] {
  return ["", title, rows.length === 0 ? `  ${none}` : table(rows)];
}

function toolCells({ tool, version, origin, projects }: ToolRow): readonly string[] {
  return [`  ${tool}`, version ?? "not installed", origin, projects];
}

interface Place {
  readonly opened: Opened;
  readonly agents: readonly OfferedAgent[];
  readonly context: CliContext;
}

/** The tools that are asked for; with `--install` after those that are missing were installed. */
async function lookForTools(
  { positionals, flags }: Parsed,
  { opened, agents, context }: Place,
): Promise<Result<readonly ToolRow[], readonly Diagnostic[]>> {
  const { index, repository, workspace } = opened;
  const named = agents.filter(({ name }) => positionals.includes(name));
  const unknown = positionals.filter((each) => {
    return atomsOf(each, index) === undefined && !named.some(({ name }) => name === each);
  });
  if (unknown.length > 0) return fail(unknown.map((name) => unknownTarget(name, index)));
  const look = (): ReturnType<typeof wantedTools> =>
    wantedTools(opened, finderOf(opened, context), context.environment.variables);
  const wanted = look();
  if (!wanted.ok || !flags.has("install"))
    return wanted.ok ? ok(toolRows(wanted.value, workspace.projects.length)) : wanted;
  const { installMissing } = await import("../doctor/install-missing.ts");
  const host = hostOf(opened, context);
  const absent = named.filter(({ agent }) => findAgent(agent.tool, host) === undefined);
  const releases = [...missingReleases(wanted.value), ...absent.map(({ agent }) => agentInstall(agent.tool))];
  const installed = await installMissing(releases, repository.root, context);
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

function finderOf(opened: Opened, context: CliContext): ToolFinder {
  const memo = new Map<string, JsonValue>();
  return createToolFinder({ ...hostOf(opened, context), node: context.node, memo });
}

function hostOf({ repository }: Opened, { environment: { variables, home } }: CliContext): Host {
  return { root: repository.root, env: variables, home };
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
