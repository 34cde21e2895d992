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
import type { NodeOptions, ScriptTable } from "../options.ts";
import { classOf, isLifecycle, isPlaceholder, type ScriptClass } from "./classify.ts";
import type { ScriptParams } from "./params.ts";
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
    return atomOf({ script, class: kind, dependsOn: firstOf(script, kind, ids), global: globalInputs }, id, options);
  });
  return ok({ atoms, targets: Object.fromEntries([...targets].sort(([a], [b]) => byCodeUnit(a, b))) });
}

function atomOf(params: ScriptParams, id: string, options: NodeOptions): DerivedAtom {
  const { script } = params;
  return {
    id,
    template: TEMPLATE,
    params: { ...params },
    title: script,
    describe: `Run the script \`${script}\` of package.json`,
    kind: hasOutputs(script, options) ? "build" : kindOf(params.class),
  };
}

function kindOf(scriptClass: ScriptClass): NonNullable<DerivedAtom["kind"]> {
  return scriptClass === "edit" || scriptClass === "effect" ? scriptClass : "check";
}

/** All tables of settings that there are. */
function tables({ scripts, packages }: NodeOptions): ScriptTable[] {
  return [scripts, ...Object.values(packages).map((each) => each.scripts)];
}

function hasOutputs(script: string, options: NodeOptions): boolean {
  return tables(options).some((table) =>
    [table[script], table["*"]].some((settings) => (settings?.outputs ?? []).length > 0),
  );
}

function joined(script: string, options: NodeOptions): string[] {
  const named = tables(options).flatMap((table) => table[script]?.targets ?? table["*"]?.targets ?? []);
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
