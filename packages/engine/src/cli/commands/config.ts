import { canonicalJson, type JsonValue } from "../../core/json.ts";
import { ok } from "../../core/result.ts";
import { DEFAULT_LIMITS } from "../../cache/prune.ts";
import { displayPath } from "../../config/errors.ts";
import type { FoundConfig } from "../../config/find.ts";
import { layerOf } from "../../config/layers.ts";
import { locate, type KeyPath } from "../../config/locate.ts";
import type { Opened } from "../../open.ts";
import { cacheDirectory } from "../../open.ts";
import type { CliCommand, CliContext } from "../command.ts";
import { openWorkspace } from "../open-workspace.ts";
import { table } from "../table.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** `symbiotic config`: every setting in force, and who set it. */
export const configCommand: CliCommand = {
  name: "config",
  summary: "every setting in force, and where its value comes from",
  usage: "[options]",
  positionals: { least: 0, most: 0, what: "" },
  options: {},
  examples: [["symbiotic config", "flag, variable, file:line or default, for each value"]],
  async run(parsed, context) {
    const opened = await openWorkspace(parsed, context);
    if (!opened.ok) return opened;
    const settings = [...(await settingsOf(opened.value, context)), ...(await pluginSettings(opened.value))];
    const json = { file: opened.value.config.file ?? null, settings: settings.map((setting) => ({ ...setting })) };
    return ok({
      exitCode: 0,
      json,
      text: table(
        settings.map(({ key, value, origin }) => [
          key,
          typeof value === "string" ? value : JSON.stringify(value),
          origin,
        ]),
      ),
    });
  },
};

interface Setting {
  readonly key: string;
  readonly value: JsonValue;
  readonly origin: string;
}

/** A value that a variable may set, the configuration may set, and that has a default. */
interface Layered {
  readonly key: string;
  readonly path: readonly string[];
  readonly variable?: { readonly name: string; readonly value: JsonValue | undefined };
  readonly configured: JsonValue | undefined;
  readonly standard: JsonValue;
}

async function settingsOf(opened: Opened, { environment }: CliContext): Promise<Setting[]> {
  const { settings } = opened.config;
  const own = environment.settings;
  const layers: Layered[] = [
    {
      key: "base",
      path: ["base"],
      variable: { name: "SYMBIOTIC_BASE", value: own.base },
      configured: settings.base,
      standard: "detected",
    },
    {
      key: "concurrency",
      path: ["concurrency"],
      variable: { name: "SYMBIOTIC_CONCURRENCY", value: own.concurrency },
      configured: settings.concurrency,
      standard: environment.parallelism,
    },
    { key: "timeout", path: ["timeout"], configured: settings.timeout, standard: 900 },
    {
      key: "cache.dir",
      path: ["cache", "dir"],
      variable: { name: "SYMBIOTIC_CACHE_DIR", value: own.cacheDir },
      configured: settings.cache?.dir,
      standard: cacheDirectory(opened),
    },
    {
      key: "cache.maxBytes",
      path: ["cache", "maxBytes"],
      configured: settings.cache?.maxBytes,
      standard: DEFAULT_LIMITS.maxBytes,
    },
    {
      key: "cache.maxAgeDays",
      path: ["cache", "maxAgeDays"],
      configured: settings.cache?.maxAgeDays,
      standard: DEFAULT_LIMITS.maxAgeMs / DAY_MS,
    },
    { key: "environment.pass", path: ["environment", "pass"], configured: settings.environment?.pass, standard: [] },
    { key: "projects.exclude", path: ["projects", "exclude"], configured: settings.projects?.exclude, standard: [] },
    { key: "disable", path: ["disable"], configured: settings.disable, standard: [] },
    { key: "extends", path: ["extends"], configured: settings.extends, standard: [] },
    { key: "globalInputs", path: ["globalInputs"], configured: settings.globalInputs, standard: [] },
    ...named("inputs", settings.inputs),
    ...named("atoms", settings.atoms),
    ...named("targets", settings.targets),
    ...named("gates", settings.gates),
    ...named("agents", { ...settings.agents }),
    ...named("guard", { ...settings.guard }),
  ];
  return Promise.all(layers.map((layer) => resolved(layer, opened)));
}

/** The members of a setting that is a list by name, a row each. */
function named(setting: string, members: Readonly<Record<string, unknown>> = {}): Layered[] {
  return Object.entries(members).map(([name, value]) => ({
    key: `${setting}.${name}`,
    path: [setting, name],
    configured: JSON.parse(canonicalJson(value)) as JsonValue,
    standard: null,
  }));
}

async function resolved({ key, path, variable, configured, standard }: Layered, opened: Opened): Promise<Setting> {
  if (variable?.value !== undefined) return { key, value: variable.value, origin: `variable ${variable.name}` };
  if (configured !== undefined) return { key, value: configured, origin: await placeOf(path, opened) };
  return { key, value: standard, origin: "default" };
}

async function pluginSettings(opened: Opened): Promise<Setting[]> {
  const { plugins, namedIn } = opened.config;
  const settings = plugins.map(async ({ name, options, index }): Promise<Setting> => {
    const layer = namedIn.get(name);
    const origin =
      index === undefined || layer === undefined ? "default" : await placeIn(layer, ["plugins", index], opened);
    return { key: `plugins.${name}`, value: options, origin };
  });
  return Promise.all(settings);
}

/** Of a setting that several files make up together, the place in the last that says something of it. */
function placeOf(path: KeyPath, opened: Opened): Promise<string> {
  return placeIn(layerOf(opened.config.layers, path), path, opened);
}

async function placeIn({ file, text }: FoundConfig, path: KeyPath, { repository }: Opened): Promise<string> {
  const place = await locate(file, text, path);
  const shown = displayPath(repository.root, file);
  return place === undefined ? shown : `${shown}:${String(place.location.line)}`;
}
