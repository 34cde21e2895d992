import { enableCompileCache } from "node:module";
import { errorOf } from "../core/diagnostic.ts";
import { canonicalJson, type JsonValue } from "../core/json.ts";
import { fail, type Result } from "../core/result.ts";
import type { LoadedPlugin, PluginProblem } from "../plugin/load.ts";
import { loadListed, loadModule } from "../plugin/load-module.ts";
import { describe } from "./describe.ts";
import { guardChild } from "./guard-child.ts";
import { WORKING } from "./messages.ts";
import type { Answer, HookCall, Isolated, Question } from "./question.ts";
import { seenModules } from "./seen-modules.ts";
import { toJsonText } from "./to-json.ts";

guardChild();
enableCompileCache();

type Loaded = Result<LoadedPlugin, readonly PluginProblem[]>;

/** This process has one plugin. */
let plugin: Promise<Loaded> | undefined;

/** What the pool calls in a process of an isolated plugin. It never throws. */
export async function answer(question: Question): Promise<Answer> {
  plugin ??= load(question.plugin);
  const loaded = await plugin;
  if (!loaded.ok) return { kind: "refused", problems: loaded.error };
  const { spec, options, identity } = loaded.value;
  if (question.kind === "hook" && canonicalJson(question.identity) !== canonicalJson(identity))
    return { kind: "changed" };
  process.send?.(WORKING);
  if (question.kind === "hook") return askHook(spec, options, question);
  const isListed = question.plugin.index !== undefined;
  if (!isListed && Object.keys(spec.agents ?? {}).length > 0)
    return { kind: "refused", problems: [hasAgents(spec.name)] };
  try {
    // What a configuration lists was imported, for all that is known: its agents are for others to ask.
    const described = describe(isListed ? { ...spec, agents: {} } : spec);
    return { kind: "described", described, options, identity, modules: seenModules() };
  } catch (thrown) {
    return { kind: "unusable", message: messageOf(thrown) };
  }
}

/** Each line of an agent would have to be asked about in another process, and the policy of an agent would be that process's to keep. */
function hasAgents(name: string): PluginProblem {
  const diagnostic = errorOf("SYM1308", `${name} adapts agents, and an isolated plugin cannot`, {
    hint: "import it in the configuration instead of naming it with `use`, if you trust it",
  });
  return { kind: "diagnostic", diagnostic };
}

async function load({ url, options, index }: Isolated): Promise<Loaded> {
  try {
    return await (index === undefined
      ? loadModule(url, options ?? undefined)
      : loadListed(url, index, options ?? undefined));
  } catch (thrown) {
    const diagnostic = errorOf("SYM1306", `the factory of ${url} threw: ${messageOf(thrown)}`, {
      hint: "this is an error of the plugin: tell its authors",
    });
    return fail([{ kind: "diagnostic", diagnostic }]);
  }
}

function askHook(spec: object, options: JsonValue, call: HookCall): Answer {
  const name = call.hook.at(-1) ?? "";
  let owner: unknown = spec;
  for (const step of call.hook.slice(0, -1)) owner = (owner as Readonly<Record<string, unknown>>)[step];
  const hooks = owner as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
  const wanted = { upstream: false };
  const args = argumentsOf(call, options, () => {
    wanted.upstream = true;
    return [];
  });
  try {
    const value = hooks[name]?.(...args);
    if (wanted.upstream) return { kind: "wants-upstream" };
    return given(value);
  } catch (thrown) {
    return wanted.upstream ? { kind: "wants-upstream" } : { kind: "threw", message: messageOf(thrown) };
  }
}

function given(value: unknown): Answer {
  try {
    const text = toJsonText(value);
    return text === undefined ? { kind: "given" } : { kind: "given", text };
  } catch (thrown) {
    return { kind: "unusable", message: messageOf(thrown) };
  }
}

function argumentsOf(
  { args, hasOptions, upstream }: HookCall,
  options: JsonValue,
  untold: () => readonly never[],
): readonly unknown[] {
  if (!hasOptions && upstream === undefined) return args;
  const [first, ...rest] = args;
  const context = { ...(first as object), ...(hasOptions ? { options } : {}) };
  if (upstream !== undefined)
    Object.defineProperty(context, "upstream", {
      enumerable: true,
      get: upstream === "untold" ? untold : () => upstream,
    });
  return [context, ...rest];
}

function messageOf(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).split("\n")[0]?.slice(0, 1000) ?? "";
}
