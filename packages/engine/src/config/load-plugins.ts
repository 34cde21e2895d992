import { pathToFileURL } from "node:url";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { NamedPlugin, PluginUse } from "../plugin/define-plugin.ts";
import { moduleDigest } from "../plugin/identity.ts";
import { loadPlugin, type LoadedPlugin, type PluginProblem, type PluginRef } from "../plugin/load.ts";
import { recordModules } from "../plugin/module-graph.ts";
import { atPlugin, displayPath, optionErrors } from "./errors.ts";
import type { FoundConfig } from "./find.ts";
import { resolvePackage } from "./resolve-package.ts";

/** What loading plugins needs to know. */
interface PluginsRequest {
  readonly root: string;
}

/** The plugins that a configuration file names, loaded; all that is wrong with them comes at once. */
export async function configuredPlugins(
  request: PluginsRequest,
  found: FoundConfig,
): Promise<Result<LoadedPlugin[], readonly Diagnostic[]>> {
  const entries = isRecord(found.value) ? (found.value.plugins ?? []) : [];
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
  request: PluginsRequest,
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
  request: PluginsRequest,
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

/** The plugin that a module exports the factory of, with these options. */
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

async function problemsOf(
  request: PluginsRequest,
  found: FoundConfig,
  index: number,
  problems: readonly PluginProblem[],
): Promise<Diagnostic[]> {
  const all = await Promise.all(
    problems.map(async (problem) =>
      problem.kind === "diagnostic"
        ? [await atPlugin(found, request.root, index, problem.diagnostic)]
        : optionErrors(found, request.root, {
            path: ["plugins", index, "options"],
            plugin: problem.plugin,
            issues: problem.issues,
          }),
    ),
  );
  return all.flat();
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
