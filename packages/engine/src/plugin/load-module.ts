import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { PluginUse } from "./define-plugin.ts";
import { moduleDigest } from "./identity.ts";
import { loadPlugin, type LoadedPlugin, type PluginProblem } from "./load.ts";
import { recordModules } from "./module-graph.ts";

interface PluginModule {
  readonly plugin?: (options: unknown) => PluginUse;
  readonly default?: { readonly plugins?: readonly PluginUse[] };
}

/** The plugin that a module exports the factory of, with these options: imports it into this process. */
export async function loadModule(
  url: string,
  options: unknown,
): Promise<Result<LoadedPlugin, readonly PluginProblem[]>> {
  const recorded = await importPlugin(url);
  if (!recorded.ok) return fail([{ kind: "diagnostic", diagnostic: recorded.error }]);
  const { value: module, graph } = recorded.value;
  if (typeof module.plugin !== "function") {
    const diagnostic = errorOf("SYM1301", `${url} exports no \`plugin\``, {
      hint: "a plugin package exports its factory as `plugin`",
    });
    return fail([{ kind: "diagnostic", diagnostic }]);
  }
  return loadPlugin(module.plugin(options), { kind: "module", url, digest: moduleDigest(url) }, graph);
}

/** The same of what a configuration's `plugins` have at a place; the options are those that are given here. */
export async function loadListed(
  url: string,
  index: number,
  options: unknown,
): Promise<Result<LoadedPlugin, readonly PluginProblem[]>> {
  const recorded = await importPlugin(url);
  if (!recorded.ok) return fail([{ kind: "diagnostic", diagnostic: recorded.error }]);
  const { value: module, graph } = recorded.value;
  const spec = module.default?.plugins?.[index]?.spec;
  if (spec === undefined) {
    const diagnostic = errorOf("SYM1301", `${url} has no plugin at plugins[${String(index)}] any more`, {
      hint: "let what a configuration lists depend on no variable",
    });
    return fail([{ kind: "diagnostic", diagnostic }]);
  }
  return loadPlugin({ spec, options }, { kind: "config", url, digest: moduleDigest(url), index }, graph);
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
