import { existsSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { NamedPlugin, PluginUse } from "../plugin/define-plugin.ts";
import { moduleDigest } from "../plugin/identity.ts";
import { loadPlugin, type LoadedPlugin, type PluginProblem, type PluginRef } from "../plugin/load.ts";
import { recordModules } from "../plugin/module-graph.ts";
import { atPlugin, displayPath, evaluationError, optionErrors, settingsErrors } from "./errors.ts";
import { CONFIG_PLACES, findConfig, type FoundConfig } from "./find.ts";
import { resolvePackage } from "./resolve-package.ts";
import { Settings } from "./schema.ts";

/** A plugin that is used without being asked for: the URL of a module that exports its factory as `plugin`. */
export interface DefaultPlugin {
  readonly name: string;
  readonly url: string;
}

/** The configuration, whole and checked. */
export interface LoadedConfig {
  /** Absolute; absent where the repository has none. */
  readonly file?: string;
  readonly text?: string;
  /** The file and the modules of the repository that it imports; absolute. */
  readonly sources: readonly string[];
  readonly settings: Settings;
  readonly plugins: readonly LoadedPlugin[];
}

/** Where to look, and what stands in where nothing is configured. */
export interface ConfigRequest {
  readonly root: string;
  /** A configuration file named by flag or variable; absolute. */
  readonly file?: string;
  readonly defaults: readonly DefaultPlugin[];
}

/** Finds, evaluates and checks the configuration and loads its plugins. All that is wrong with it comes back at once. */
export async function loadConfig(request: ConfigRequest): Promise<Result<LoadedConfig, readonly Diagnostic[]>> {
  const found = await evaluate(request);
  if (!found.ok) return found;
  if (found.value === undefined) return withPlugins(request, undefined, {});
  const parsed = Settings.safeParse(withoutPlugins(found.value.value));
  if (!parsed.success) {
    const plugins = await configuredPlugins(request, found.value);
    return fail([
      ...(await settingsErrors(found.value, request.root, parsed.error)),
      ...(plugins.ok ? [] : plugins.error),
    ]);
  }
  return withPlugins(request, found.value, parsed.data);
}

async function evaluate({
  root,
  file,
}: ConfigRequest): Promise<Result<FoundConfig | undefined, readonly Diagnostic[]>> {
  if (file !== undefined && !existsSync(file))
    return fail([errorOf("SYM1102", `there is no configuration at ${file}`, { hint: "check --config" })]);
  try {
    return ok(await findConfig(root, file));
  } catch (thrown) {
    const culprit = file ?? CONFIG_PLACES.map((place) => join(root, place)).find((place) => existsSync(place)) ?? root;
    return fail([evaluationError(culprit, root, existsSync(culprit) ? readFileSync(culprit, "utf8") : "", thrown)]);
  }
}

async function withPlugins(
  request: ConfigRequest,
  found: FoundConfig | undefined,
  settings: Settings,
): Promise<Result<LoadedConfig, readonly Diagnostic[]>> {
  const own = await configuredPlugins(request, found);
  if (!own.ok) return own;
  const taken = new Set([...own.value.map(({ name }) => name), ...(settings.disable ?? [])]);
  const defaults = await Promise.all(
    request.defaults.filter(({ name }) => !taken.has(name)).map(({ url }) => loadModule(url, undefined)),
  );
  const problems = defaults.flatMap((result) => (result.ok ? [] : result.error.flatMap(defaultProblem)));
  if (problems.length > 0) return fail(problems);
  const loaded = [...defaults.flatMap((result) => (result.ok ? [result.value] : [])), ...own.value];
  return ok({
    settings,
    plugins: loaded,
    sources: sourcesOf(found),
    ...(found === undefined ? {} : { file: found.file, text: found.text }),
  });
}

async function configuredPlugins(
  request: ConfigRequest,
  found: FoundConfig | undefined,
): Promise<Result<LoadedPlugin[], readonly Diagnostic[]>> {
  const entries = found !== undefined && isRecord(found.value) ? (found.value.plugins ?? []) : [];
  if (found === undefined) return ok([]);
  if (!Array.isArray(entries))
    return fail([
      errorOf("SYM1201", "plugins is not a list", {
        location: { file: displayPath(request.root, found.file) },
        hint: "write `plugins: [ruff()]`",
      }),
    ]);
  const loaded: LoadedPlugin[] = [];
  const problems: Diagnostic[] = [];
  for (const [index, entry] of (entries as unknown[]).entries()) {
    const result = await loadEntry(request, found, { index, entry });
    if (result.ok) loaded.push({ ...result.value, index });
    else problems.push(...result.error);
  }
  return problems.length > 0 ? fail(problems) : ok(loaded);
}

async function loadEntry(
  request: ConfigRequest,
  found: FoundConfig,
  { index, entry }: { index: number; entry: unknown },
): Promise<Result<LoadedPlugin, readonly Diagnostic[]>> {
  if (isNamed(entry)) return loadNamed(request, found, { index, entry });
  if (!isUse(entry)) {
    const diagnostic = errorOf("SYM1301", `plugins[${String(index)}] is not a plugin`, {
      hint: 'write what the plugin\'s factory gives, `ruff()`, or `{ use: "<package>" }`',
    });
    return fail([await atPlugin(found, request.root, index, diagnostic)]);
  }
  const url = pathToFileURL(found.file).href;
  const result = loadPlugin(entry, { kind: "config", url, digest: moduleDigest(url), index }, found.graph);
  return result.ok ? result : fail(await problemsOf(request, found, index, result.error));
}

async function loadNamed(
  request: ConfigRequest,
  found: FoundConfig,
  { index, entry }: { index: number; entry: NamedPlugin },
): Promise<Result<LoadedPlugin, readonly Diagnostic[]>> {
  const url = resolvePackage(entry.use, found.file);
  if (url === undefined) {
    const diagnostic = errorOf(
      "SYM1304",
      `plugins[${String(index)}].use: the package \`${entry.use}\` is not installed`,
      { hint: `install it: npm install --save-dev ${entry.use}` },
    );
    return fail([await atPlugin(found, request.root, index, diagnostic)]);
  }
  const result = await loadModule(url, entry.options);
  return result.ok ? result : fail(await problemsOf(request, found, index, result.error));
}

async function loadModule(url: string, options: unknown): Promise<Result<LoadedPlugin, readonly PluginProblem[]>> {
  const recorded = await importPlugin(url);
  if (!recorded.ok) return fail([{ kind: "diagnostic", diagnostic: recorded.error }]);
  const { value: module, graph } = recorded.value;
  if (typeof module.plugin !== "function") {
    const diagnostic = errorOf("SYM1301", `${url} exports no \`plugin\``, {
      hint: "a plugin package exports its factory as `plugin`",
    });
    return fail([{ kind: "diagnostic", diagnostic }]);
  }
  return loadPlugin(
    module.plugin(options),
    { kind: "module", url, digest: moduleDigest(url) } satisfies PluginRef,
    graph,
  );
}

async function importPlugin(
  url: string,
): Promise<Result<Awaited<ReturnType<typeof recordModules<PluginModule>>>, Diagnostic>> {
  try {
    return ok(await recordModules(async () => (await import(url)) as PluginModule));
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return fail(
      errorOf("SYM1306", `${url} cannot be loaded: ${message.split("\n")[0] ?? ""}`, {
        hint: "reinstall the package, or tell its authors",
      }),
    );
  }
}

interface PluginModule {
  readonly plugin?: (options: unknown) => PluginUse;
}

function sourcesOf(found: FoundConfig | undefined): string[] {
  if (found === undefined) return [];
  const urls = [...found.graph.imports.values()].flatMap((imported) => [...imported]);
  const local = urls.map((url) => fileURLToPath(url)).filter((file) => !file.split(sep).includes("node_modules"));
  return [...new Set([found.file, ...local])];
}

async function problemsOf(
  request: ConfigRequest,
  found: FoundConfig,
  index: number,
  problems: readonly PluginProblem[],
): Promise<Diagnostic[]> {
  const all = await Promise.all(
    problems.map(async (problem) =>
      problem.kind === "diagnostic"
        ? [await atPlugin(found, request.root, index, problem.diagnostic)]
        : optionErrors(found, request.root, { index, plugin: problem.plugin, issues: problem.issues }),
    ),
  );
  return all.flat();
}

function defaultProblem(problem: PluginProblem): Diagnostic[] {
  if (problem.kind === "diagnostic") return [problem.diagnostic];
  return problem.issues.map((issue) =>
    errorOf("SYM1204", `${problem.plugin}: ${issue.path.join(".")} ${issue.message}`),
  );
}

/** Plugins are checked one by one, with their own schemas. */
function withoutPlugins(value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "plugins"));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNamed(entry: unknown): entry is NamedPlugin {
  return isRecord(entry) && typeof entry.use === "string";
}

function isUse(entry: unknown): entry is PluginUse {
  return isRecord(entry) && isRecord(entry.spec) && "name" in entry.spec && "api" in entry.spec;
}
