import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { errorOf } from "../core/diagnostic.ts";
import { guardChild } from "../isolation/guard-child.ts";
import { toJson } from "../isolation/to-json.ts";
import type { PluginUse } from "../plugin/define-plugin.ts";
import { isPlain } from "../plugin/load.ts";
import { packageOf } from "../plugin/module-graph.ts";
import { displayPath } from "./errors.ts";
import type { Evaluated, EvaluatedLayer, EvaluatedPlugin } from "./evaluated.ts";
import type { FoundConfig } from "./find.ts";
import { findLayers, type ConfigPlace } from "./find-layers.ts";
import { isNamed, isUse } from "./load-plugins.ts";
import { resolvePackage } from "./resolve-package.ts";

guardChild();

/** What the pool calls in a process that evaluates a configuration. It never throws. */
export async function evaluate(place: ConfigPlace): Promise<Evaluated> {
  const found = await findLayers(place);
  if (!found.ok) return { kind: "refused", problems: found.error };
  const layers: EvaluatedLayer[] = [];
  for (const layer of found.value) {
    try {
      layers.push(await told(layer, place.root));
    } catch (thrown) {
      return { kind: "refused", problems: [notData(layer, place.root, thrown)] };
    }
  }
  return { kind: "layers", layers };
}

function notData({ file }: FoundConfig, root: string, thrown: unknown): ReturnType<typeof errorOf> {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  const shown = displayPath(root, file);
  return errorOf("SYM1103", `what ${shown} exports cannot be handed on: ${why}`, {
    location: { file: shown },
    hint: "a configuration is data, but for what its plugins bring",
  });
}

async function told({ file, text, value, graph }: FoundConfig, root: string): Promise<EvaluatedLayer> {
  const { plugins = [], ...settings } = isRecord(value) ? value : {};
  const imports = [...graph.imports].map(([from, to]): [string, string[]] => [from, [...to]]);
  const said = isRecord(value) ? toJson(settings) : toJson(value);
  if (!Array.isArray(plugins)) return { file, text, value: said, imports };
  const entries = await Promise.all((plugins as readonly unknown[]).map((entry) => toldPlugin(entry, file, root)));
  return { file, text, value: said, plugins: entries, imports };
}

async function toldPlugin(entry: unknown, file: string, root: string): Promise<EvaluatedPlugin> {
  if (isNamed(entry))
    return isPlain(entry) ? { kind: "named", entry: toJson(entry) } : { kind: "not-json", name: entry.use };
  if (!isUse(entry)) return { kind: "no-plugin" };
  const { spec, options } = entry;
  if (!isPlain(options)) return { kind: "not-json", name: spec.name };
  const given = options === undefined ? {} : { options: toJson(options) };
  const url = await installedFactory(entry, file, root);
  return url === undefined ? { kind: "listed", name: spec.name, ...given } : { kind: "installed", url, ...given };
}

/** The module outside the repository whose `plugin` gives this very definition. */
async function installedFactory({ spec, options }: PluginUse, file: string, root: string): Promise<string | undefined> {
  try {
    const owner = packageOf(fileURLToPath(spec.from));
    const url = owner === undefined ? undefined : resolvePackage(owner.name, file);
    if (url === undefined || !isOutside(fileURLToPath(url), root)) return undefined;
    const { plugin } = (await import(url)) as { readonly plugin?: (options: unknown) => PluginUse };
    return plugin?.(options).spec === spec ? url : undefined;
  } catch {
    return undefined;
  }
}

function isOutside(file: string, root: string): boolean {
  const way = relative(root, file).split(sep);
  return way[0] === ".." || way.includes("node_modules") || /^[A-Za-z]:$/.test(way[0] ?? "");
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
