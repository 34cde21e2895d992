import {
  byCodeUnit,
  ok,
  type Derived,
  type DerivedAtom,
  type Diagnostic,
  type Result,
  type SourceText,
} from "@symbiotic-build/engine";
import { findPackages } from "../discover.ts";
import type { NodeOptions, ScriptSettings, ScriptTable } from "../options.ts";
import { classOf, isLifecycle, isPlaceholder, type ScriptClass } from "./classify.ts";
import type { WholeScript } from "./params.ts";
import { scriptIds } from "./script-ids.ts";

/** The template of all scripts. */
export const TEMPLATE = "run_script";

/** What deriving is given. */
export interface Seen {
  readonly options: NodeOptions;
  readonly files: readonly SourceText[];
  readonly globalInputs?: readonly string[];
}

/** An atom for each script name in a package of the repository, and a target of that name. */
export function derive({ options, files, globalInputs = [] }: Seen): Result<Derived, readonly Diagnostic[]> {
  const found = findPackages(files, options);
  if (!found.ok) return found;
  const texts = new Map<string, Set<string>>();
  for (const { manifest } of found.value) {
    for (const [name, text] of manifest.scripts) {
      if (isLifecycle(name) || isPlaceholder(text)) continue;
      const all = texts.get(name) ?? new Set();
      texts.set(name, all.add(text));
    }
  }
  const ids = scriptIds(texts.keys());
  const targets = new Map<string, string[]>();
  const atoms = [...ids].map(([script, id]): DerivedAtom => {
    for (const target of [script, ...joined(script, options)])
      targets.set(target, [...(targets.get(target) ?? []), id]);
    const kind = classOf(script, [...(texts.get(script) ?? [])]);
    const global = [...options.global, ...globalInputs];
    const whole = {
      script,
      class: kind,
      dependsOn: firstOf(script, kind, ids),
      global,
      layers: layersOf(script, options),
    };
    return atomOf(whole, id);
  });
  return ok({ atoms, targets: Object.fromEntries([...targets].sort(([a], [b]) => byCodeUnit(a, b))) });
}

function atomOf(whole: WholeScript, id: string): DerivedAtom {
  const { script, layers } = whole;
  const hasOutputs = layers.some(({ settings }) => (settings.outputs ?? []).length > 0);
  return {
    id,
    template: TEMPLATE,
    // The options' schema let nothing through that is no JSON.
    params: whole as unknown as DerivedAtom["params"],
    title: script,
    describe: `Run the script \`${script}\` of package.json`,
    kind: hasOutputs ? "build" : kindOf(whole.class),
  };
}

function kindOf(scriptClass: ScriptClass): NonNullable<DerivedAtom["kind"]> {
  return scriptClass === "edit" || scriptClass === "effect" ? scriptClass : "check";
}

/** For all scripts, for this one, and the same two of each entry of `packages`. */
function layersOf(script: string, { scripts, packages }: NodeOptions): WholeScript["layers"] {
  const own = (table: ScriptTable): ScriptSettings[] =>
    ["*", script].flatMap((name) => (Object.hasOwn(table, name) ? (table[name] ?? []) : []));
  const some = Object.entries(packages).flatMap(([name, each]) =>
    own(each.scripts).map((settings) => ({ packages: name, settings })),
  );
  return [...own(scripts).map((settings) => ({ settings })), ...some];
}

/** Where the settings for all scripts name targets and the script's own do as well, its own count. */
function joined(script: string, { scripts, packages }: NodeOptions): string[] {
  const tables = [scripts, ...Object.values(packages).map((each) => each.scripts)];
  const named = tables.flatMap((table) => table[script]?.targets ?? table["*"]?.targets ?? []);
  return [...new Set(named)].filter((target) => target !== script);
}

/** What comes first where the configuration does not say: what is needed is built, in the package and behind it. */
function firstOf(script: string, scriptClass: ScriptClass, ids: ReadonlyMap<string, string>): readonly string[] {
  const build = ids.get("build");
  if (build === undefined) return [];
  if (/^build(?:[:._-]|$)/.test(script)) return [`^${build}`];
  if (/^(?:test|tests|unit|e2e)(?:[:._-]|$)/.test(script) && scriptClass === "check") return [build, `^${build}`];
  return /^(?:typecheck|type-check|tsc|types|check-types)(?:[:._-]|$)/.test(script) ? [`^${build}`] : [];
}
