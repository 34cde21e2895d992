import { pathToFileURL } from "node:url";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { NamedPlugin, PluginUse } from "../plugin/define-plugin.ts";
import { moduleDigest } from "../plugin/identity.ts";
import { loadPlugin, optionsNotJson, type LoadedPlugin, type PluginProblem } from "../plugin/load.ts";
import { loadModule } from "../plugin/load-module.ts";
import type { Keep } from "../isolation/answers.ts";
import { atPlugin, displayPath, optionErrors } from "./errors.ts";
import type { EvaluatedPlugin } from "./evaluated.ts";
import type { FoundConfig } from "./find.ts";
import { resolvePackage } from "./resolve-package.ts";

/** What loading plugins needs to know. */
interface PluginsRequest {
  readonly root: string;
  /** Opens what isolated plugins have answered before, by a name. */
  readonly keep: ((name: string) => Keep) | undefined;
}

/** The plugins that a configuration file names, loaded; all that is wrong with them comes at once. */
export async function configuredPlugins(
  request: PluginsRequest,
  found: FoundConfig,
): Promise<Result<LoadedPlugin[], readonly Diagnostic[]>> {
  if (found.apart !== undefined)
    return together(found.apart.map((entry, index) => () => loadApart(request, found, { index, entry })));
  const entries = isRecord(found.value) ? (found.value.plugins ?? []) : [];
  if (!Array.isArray(entries))
    return fail([
      errorOf("SYM1201", "plugins is not a list", {
        location: { file: displayPath(request.root, found.file) },
        hint: "write `plugins: [ruff()]`",
      }),
    ]);
  return together((entries as unknown[]).map((entry, index) => () => loadEntry(request, found, { index, entry })));
}

type Loaded = Result<LoadedPlugin, readonly Diagnostic[]>;

/** One after the other: what they record of modules is told apart by when it was. */
async function together(
  entries: readonly (() => Promise<Loaded>)[],
): Promise<Result<LoadedPlugin[], readonly Diagnostic[]>> {
  const loaded: LoadedPlugin[] = [];
  const problems: Diagnostic[] = [];
  for (const [index, load] of entries.entries()) {
    const result = await load();
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

/** The same where another process has evaluated the configuration: what is written in it is isolated, as what is named is. */
async function loadApart(
  request: PluginsRequest,
  found: FoundConfig,
  { index, entry }: { readonly index: number; readonly entry: EvaluatedPlugin },
): Promise<Loaded> {
  switch (entry.kind) {
    case "named":
      return loadNamed(request, found, { index, entry: entry.entry as unknown as NamedPlugin });
    case "no-plugin":
      return loadEntry(request, found, { index, entry: null });
    case "not-json":
      return fail([await atPlugin(found, request.root, index, optionsNotJson(entry.name))]);
    case "installed": {
      const result = await loadModule(entry.url, entry.options);
      return result.ok ? result : fail(await problemsOf(request, found, index, result.error));
    }
    case "listed": {
      const { loadIsolated } = await import("../isolation/load-isolated.ts");
      const named = { use: entry.name, options: entry.options };
      const url = pathToFileURL(found.file).href;
      const result = loadIsolated({ named, url, index, keep: request.keep ?? forgetful });
      return result.ok ? result : fail(await problemsOf(request, found, index, result.error));
    }
  }
}

async function loadNamed(
  request: PluginsRequest,
  found: FoundConfig,
  { index, entry }: { index: number; entry: NamedPlugin },
): Promise<Result<LoadedPlugin, readonly Diagnostic[]>> {
  const url = resolvePackage(entry.use, found.file);
  if (url === undefined) {
    const diagnostic = unresolved(entry.use, index);
    return fail([await atPlugin(found, request.root, index, diagnostic)]);
  }
  const wrong = limitProblem(entry, index);
  if (wrong !== undefined) return fail([await atPlugin(found, request.root, index, wrong)]);
  // Nothing of isolation is loaded where no plugin is isolated.
  const { loadIsolated } = await import("../isolation/load-isolated.ts");
  const result = loadIsolated({ named: entry, url, keep: request.keep ?? forgetful });
  return result.ok ? result : fail(await problemsOf(request, found, index, result.error));
}

function unresolved(use: string, index: number): Diagnostic {
  const at = `plugins[${String(index)}].use`;
  return /^\.{0,2}(?:\/|$)/.test(use)
    ? errorOf("SYM1304", `${at}: there is no module \`${use}\``, {
        hint: "correct the path; it counts from the file that names it",
      })
    : errorOf("SYM1304", `${at}: the package \`${use}\` is not installed`, {
        hint: `install it: npm install --save-dev ${use}`,
      });
}

const LIMITS: readonly string[] = ["loadMs", "hookMs", "memoryMb"];

/** What is wrong with what an isolated plugin may take. */
function limitProblem({ limits = {} }: { readonly limits?: unknown }, index: number): Diagnostic | undefined {
  const given = isRecord(limits) ? Object.entries(limits) : [["", limits] as const];
  const wrong = given.find(
    ([name, value]) =>
      value !== undefined && !(LIMITS.includes(name) && typeof value === "number" && value >= 1 && value < 2 ** 31),
  );
  if (wrong === undefined) return undefined;
  const at = `plugins[${String(index)}].limits${wrong[0] === "" ? "" : `.${wrong[0]}`}`;
  return errorOf("SYM1201", `${at} is no limit of an isolated plugin`, {
    hint: `write numbers from 1 for ${LIMITS.join(", ")}, or leave it out`,
  });
}

function forgetful(): Keep {
  return { get: () => undefined, set: () => undefined, save: () => false };
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

/** Whether an entry names a plugin by its package. */
export function isNamed(entry: unknown): entry is NamedPlugin {
  return isRecord(entry) && typeof entry.use === "string";
}

/** Whether an entry is what a plugin's factory gives. */
export function isUse(entry: unknown): entry is PluginUse {
  return isRecord(entry) && isRecord(entry.spec) && "name" in entry.spec && "api" in entry.spec;
}
