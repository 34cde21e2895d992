import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { canonicalJson, type JsonValue } from "../core/json.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { isAtomId } from "../core/task-id.ts";
import type { Agent } from "./agent.ts";
import type { Atom } from "./atom.ts";
import type { PluginSpec } from "./contract.ts";
import { partsProblem } from "./check-parts.ts";
import { checkPlatform } from "./check-platform.ts";
import type { PluginUse } from "./define-plugin.ts";
import { pluginIdentity, type PluginIdentity } from "./identity.ts";
import type { ModuleGraph } from "./module-graph.ts";

/**
 * Where a worker finds a plugin again: the `index`-th of the configuration's, or the factory that a module exports as
 * `plugin`. An `isolated` one, found in either way, is imported by processes of its own alone, of which each may take so many MiB.
 */
export type PluginRef =
  | { readonly kind: "config"; readonly url: string; readonly digest: string; readonly index: number }
  | { readonly kind: "module"; readonly url: string; readonly digest: string }
  | {
      readonly kind: "isolated";
      readonly url: string;
      readonly digest: string;
      readonly memoryMb: number;
      readonly index?: number;
    };

/** A plugin with parsed options, ready for use. */
export interface LoadedPlugin {
  readonly name: string;
  readonly spec: PluginSpec;
  /** JSON, whole: defaults are filled in. */
  readonly options: JsonValue;
  readonly identity: PluginIdentity;
  readonly ref: PluginRef;
  /** Its place in the configuration's `plugins`; absent for a default one. */
  readonly index?: number;
  /** What is to be told about how it behaved so far. */
  readonly notices?: () => readonly Diagnostic[];
}

/** What is wrong with a plugin's options, and where in them. */
export interface OptionIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** The names that would have been right, where a name was wrong. */
  readonly known?: readonly string[];
  readonly unknown?: string;
}

/** Why a plugin cannot be used. */
export type PluginProblem =
  | { readonly kind: "diagnostic"; readonly diagnostic: Diagnostic }
  | { readonly kind: "options"; readonly plugin: string; readonly issues: readonly OptionIssue[] };

/** Checks a plugin's definition and parses its options. */
export function loadPlugin(
  use: PluginUse,
  ref: PluginRef,
  graph: ModuleGraph,
): Result<LoadedPlugin, readonly PluginProblem[]> {
  const { spec } = use;
  const shape = checkSpec(spec);
  if (shape.length > 0) return fail(shape.map((diagnostic) => ({ kind: "diagnostic", diagnostic })));
  const parsed = spec.options.safeParse(use.options);
  if (!parsed.success)
    return fail([
      { kind: "options", plugin: spec.name, issues: parsed.error.issues.map((issue) => optionIssue(spec, issue)) },
    ]);
  const value = parsed.data ?? null;
  if (!isJson(value)) return fail([{ kind: "diagnostic", diagnostic: optionsNotJson(spec.name) }]);
  return ok({ name: spec.name, spec, options: value, identity: pluginIdentity(spec, graph), ref });
}

function checkSpec(spec: PluginSpec): Diagnostic[] {
  const problems: Diagnostic[] = [];
  const name = typeof spec.name === "string" ? spec.name : "a plugin";
  const broken = (message: string, hint: string): void =>
    void problems.push(errorOf("SYM1302", `${name}: ${message}`, { hint }));
  if ((spec.api as number) !== 1)
    broken(`api is ${String(spec.api)}, this engine knows 1`, "install a version of the plugin for this engine");
  if (typeof spec.from !== "string" || !spec.from.startsWith("file:"))
    broken("`from` is not a module's URL", "write `from: import.meta.url`");
  if (typeof (spec.options as { safeParse?: unknown } | undefined)?.safeParse !== "function")
    broken("`options` is no schema", "give it one of zod: `options: z.strictObject({}).default({})`");
  for (const [id, atom] of Object.entries(spec.atoms ?? {})) {
    if (!isAtomId(id)) broken(`\`${id}\` is not an atom id`, "an atom id is snake_case: letters, digits and `_`");
    if (!isAtom(atom))
      broken(
        `atom \`${id}\` has not one of \`command\`, \`run\` and \`ask\``,
        "give it one of the three; what asks an agent is of kind `edit`",
      );
  }
  for (const [id, atom] of Object.entries({ ...spec.templates, ...spec.atoms })) {
    const why = partsProblem(atom);
    if (why !== undefined)
      broken(`the \`parts\` of \`${id}\` cannot be used: ${why}`, "docs/plugins.md says what they are");
  }
  for (const [id, agent] of Object.entries(spec.agents ?? {})) {
    if (!/^[a-z][a-z0-9-]*$/.test(id))
      broken(`\`${id}\` is not an agent's name`, "write it as people type it: `claude`");
    if (!isAgent(agent)) broken(`agent \`${id}\` lacks a part`, `give it ${AGENT_PARTS}`);
  }
  for (const [id, platform] of Object.entries(spec.platforms ?? {})) {
    if (!/^[a-z][a-z0-9-]*$/.test(id))
      broken(`\`${id}\` is not a platform's name`, "write it as people type it: `github`");
    const lack = checkPlatform(platform);
    if (lack !== undefined) broken(`platform \`${id}\` lacks ${lack}`, "docs/plugins.md lists the parts of a platform");
  }
  return problems;
}

const AGENT_PARTS = "a `tool` with `bin`, `package`, `version` and `natives`, a `signIn`, `command`, `read` and `end`";

function isAgent(agent: Agent): boolean {
  const parts = agent as unknown as Readonly<Record<string, unknown>>;
  const has = (value: unknown, ...keys: readonly string[]): boolean =>
    typeof value === "object" && value !== null && keys.every((key) => key in value);
  const answers = ["command", "read", "end"].every((part) => typeof parts[part] === "function");
  const isTool = has(parts["tool"], "bin", "package", "version", "natives");
  return answers && isTool && has(parts["signIn"], "variables", "files") && Array.isArray(parts["variables"]);
}

function isAtom(atom: Atom): boolean {
  const has = (key: string): boolean => typeof (atom as unknown as Record<string, unknown>)[key] === "function";
  return has("inputs") && ["command", "run", "ask"].filter(has).length === 1 && (!has("ask") || atom.kind === "edit");
}

function optionIssue(
  spec: PluginSpec,
  issue: {
    readonly path: readonly PropertyKey[];
    readonly message: string;
    readonly code?: string;
    readonly keys?: readonly string[];
  },
): OptionIssue {
  const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
  if (issue.code !== "unrecognized_keys") return { path, message: issue.message };
  const unknown = issue.keys?.[0] ?? "";
  return { path: [...path, unknown], message: "is not an option", unknown, known: optionNames(spec) };
}

/** The names of a plugin's options, as its schema lists them. */
export function optionNames(spec: PluginSpec): string[] {
  let schema: unknown = spec.options;
  for (let depth = 0; depth < 8; depth += 1) {
    const { shape, def } = schema as { shape?: Record<string, unknown>; def?: { innerType?: unknown } };
    if (shape !== undefined) return Object.keys(shape);
    schema = def?.innerType;
    if (schema === undefined) break;
  }
  return [];
}

function isJson(value: unknown): value is JsonValue {
  try {
    return isPlain(value) && canonicalJson(value).length > 0;
  } catch {
    return false;
  }
}

/** Whether a value is made of what JSON is made of, and of nothing that only looks like it. */
export function isPlain(value: unknown): boolean {
  if (value === null || typeof value !== "object") return typeof value !== "function";
  if (Array.isArray(value)) return value.every(isPlain);
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (prototype === Object.prototype || prototype === null) &&
    Object.values(value).every((member) => member === undefined || isPlain(member))
  );
}

/** That options are not JSON. */
export function optionsNotJson(name: string): Diagnostic {
  return errorOf("SYM1303", `${name}: its options are not JSON`, {
    hint: "options are part of the key and cross to workers: no functions, regular expressions, dates or class instances",
  });
}
