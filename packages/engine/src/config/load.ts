import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { LoadedPlugin, PluginProblem } from "../plugin/load.ts";
import { loadModule } from "../plugin/load-module.ts";
import type { Keep } from "../isolation/answers.ts";
import type { CommandAtoms } from "./atom-schema.ts";
import { checkAtoms } from "./command-atoms.ts";
import { settingProblems, settingsErrors } from "./errors.ts";
import type { FoundConfig } from "./find.ts";
import { findLayers, type ConfigPlace } from "./find-layers.ts";
import type { Apart } from "./layers-apart.ts";
import { configuredPlugins } from "./load-plugins.ts";
import { mergeSettings } from "./merge.ts";
import { Settings } from "./schema.ts";

/** A plugin that is used without being asked for: the URL of a module that exports its factory as `plugin`. */
export interface DefaultPlugin {
  readonly name: string;
  readonly url: string;
  /** The setting that its options are; without that setting it is not loaded. */
  readonly setting?: "atoms";
}

/** The configuration, whole and checked. */
export interface LoadedConfig {
  /** Absolute; absent where the repository has none. */
  readonly file?: string;
  readonly text?: string;
  /** The presets that the file extends and the file itself, in order of rising precedence; none where there is no file. */
  readonly layers: readonly FoundConfig[];
  /** The files and the modules of the repository that they import; absolute. */
  readonly sources: readonly string[];
  /** What all of them say together. */
  readonly settings: Settings;
  readonly plugins: readonly LoadedPlugin[];
  /** By a plugin's name the file whose `plugins` has it; a default one is not in it. */
  readonly namedIn: ReadonlyMap<string, FoundConfig>;
}

/** Where to look, and what stands in where nothing is configured. */
export interface ConfigRequest extends ConfigPlace {
  readonly defaults: readonly DefaultPlugin[];
  /** Opens what isolated plugins have answered before, by a name; without it they are asked anew. */
  readonly keep?: (name: string) => Keep;
  /** Present where none of its code may run in this process. */
  readonly apart?: Apart;
}

/** Finds, evaluates and checks the configuration and loads its plugins. All that is wrong with it comes back at once. */
export async function loadConfig(request: ConfigRequest): Promise<Result<LoadedConfig, readonly Diagnostic[]>> {
  const layers = await layersOf(request);
  if (!layers.ok) return layers;
  const parsed = await Promise.all(layers.value.map((layer) => parseLayer(layer, request)));
  const problems = parsed.flatMap((layer) => (layer.ok ? [] : layer.error));
  if (problems.length > 0) return fail(problems);
  return together(
    request,
    parsed.flatMap((layer) => (layer.ok ? [layer.value] : [])),
  );
}

async function layersOf(request: ConfigRequest): Promise<Result<readonly FoundConfig[], readonly Diagnostic[]>> {
  if (request.apart === undefined) return findLayers(request);
  // Nothing of it is loaded where the configuration is evaluated here.
  const { findLayersApart } = await import("./layers-apart.ts");
  return findLayersApart(request, request.apart);
}

/** What one file says. */
interface ParsedLayer {
  readonly layer: FoundConfig;
  readonly settings: Settings;
  readonly plugins: readonly LoadedPlugin[];
}

async function parseLayer(
  layer: FoundConfig,
  { root, keep }: ConfigRequest,
): Promise<Result<ParsedLayer, readonly Diagnostic[]>> {
  const settings = Settings.safeParse(withoutPlugins(layer.value));
  const plugins = await configuredPlugins({ root, keep }, layer);
  const problems = [
    ...(settings.success ? [] : await settingsErrors(layer, root, settings.error)),
    ...(plugins.ok ? [] : plugins.error),
  ];
  return settings.success && plugins.ok
    ? ok({ layer, settings: settings.data, plugins: plugins.value })
    : fail(problems);
}

async function together(
  { root, defaults }: ConfigRequest,
  parsed: readonly ParsedLayer[],
): Promise<Result<LoadedConfig, readonly Diagnostic[]>> {
  const layers = parsed.map(({ layer }) => layer);
  const settings = mergeSettings(parsed.map((layer) => layer.settings));
  const { atoms, problems } = checkAtoms(settings);
  if (problems.length > 0) return fail(await settingProblems({ layers, root }, problems));
  const own = ownPlugins(parsed);
  const taken = new Set([...own.map(({ plugin }) => plugin.name), ...(settings.disable ?? [])]);
  const standard = await defaultPlugins(defaults, taken, { atoms });
  if (!standard.ok) return standard;
  const main = layers.at(-1);
  return ok({
    settings,
    plugins: [...standard.value, ...own.map(({ plugin }) => plugin)],
    layers,
    namedIn: new Map(own.map(({ plugin, layer }) => [plugin.name, layer])),
    sources: [...new Set(layers.flatMap(sourcesOf))],
    ...(main === undefined ? {} : { file: main.file, text: main.text }),
  });
}

/** A plugin of a later file takes the place of one that has its name in an earlier file. */
function ownPlugins(parsed: readonly ParsedLayer[]): Owned[] {
  return parsed.flatMap(({ layer, plugins }, index) => {
    const later = new Set(parsed.slice(index + 1).flatMap((each) => each.plugins.map(({ name }) => name)));
    return plugins.filter(({ name }) => !later.has(name)).map((plugin) => ({ plugin, layer }));
  });
}

/** A plugin with the file that names it. */
interface Owned {
  readonly plugin: LoadedPlugin;
  readonly layer: FoundConfig;
}

async function defaultPlugins(
  defaults: readonly DefaultPlugin[],
  taken: ReadonlySet<string>,
  settings: { readonly atoms: CommandAtoms },
): Promise<Result<LoadedPlugin[], readonly Diagnostic[]>> {
  const used = defaults.filter(
    ({ name, setting }) => !taken.has(name) && (setting === undefined || Object.keys(settings[setting]).length > 0),
  );
  return loadDefaults(used, settings);
}

/** Loads plugins that come with the command, each with the setting that its options are. */
export async function loadDefaults(
  used: readonly DefaultPlugin[],
  settings?: { readonly atoms: CommandAtoms },
): Promise<Result<LoadedPlugin[], readonly Diagnostic[]>> {
  const results = await Promise.all(
    used.map(({ url, setting }) => loadModule(url, setting === undefined ? undefined : settings?.[setting])),
  );
  const problems = results.flatMap((result) => (result.ok ? [] : result.error.flatMap(defaultProblem)));
  return problems.length > 0 ? fail(problems) : ok(results.flatMap((result) => (result.ok ? [result.value] : [])));
}

function defaultProblem(problem: PluginProblem): Diagnostic[] {
  if (problem.kind === "diagnostic") return [problem.diagnostic];
  return problem.issues.map((issue) =>
    errorOf("SYM1204", `${problem.plugin}: ${issue.path.join(".")} ${issue.message}`),
  );
}

function sourcesOf(found: FoundConfig): string[] {
  const urls = [...found.graph.imports.values()].flatMap((imported) => [...imported]);
  const local = urls.map((url) => fileURLToPath(url)).filter((file) => !file.split(sep).includes("node_modules"));
  return [...new Set([found.file, ...local])];
}

/** Plugins are checked one by one, with their own schemas. */
function withoutPlugins(value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "plugins"));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
