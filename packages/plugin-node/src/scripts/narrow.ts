import type { NarrowedAtom, Project } from "@symbiotic-build/engine";
import { matcherOf, type Matches } from "../globs.ts";
import type { ScriptSettings } from "../options.ts";
import type { ScriptParams, WholeScript } from "./params.ts";

const known = new WeakMap<WholeScript, Map<string, NarrowedAtom>>();
const meanings = new Map<string, (project: Named) => boolean>();

type Named = Pick<Project, "name" | "root">;

/** A script as the configuration has it in a project. For projects of which the same is said it is the same object. */
export function narrowed(whole: WholeScript, project: Named): NarrowedAtom {
  const fitting = whole.layers.filter(({ packages }) => packages === undefined || meaning(packages)(project));
  const key = fitting.map(({ packages = "" }) => packages).join("\0");
  const byLayers = known.get(whole) ?? new Map<string, NarrowedAtom>();
  known.set(whole, byLayers);
  const made =
    byLayers.get(key) ?? narrow(whole, Object.assign({}, ...fitting.map(({ settings }) => settings)) as ScriptSettings);
  byLayers.set(key, made);
  return made;
}

function narrow(whole: WholeScript, settings: ScriptSettings): NarrowedAtom {
  const { timeout, retries = 0, scratch = [], dependsOn = whole.dependsOn } = settings;
  return {
    params: { ...paramsFrom(whole, settings) },
    cache: whetherKept(whole, settings),
    dependsOn,
    scratch,
    retries,
    resources: resourcesOf(settings),
    ...(timeout === undefined ? {} : { timeoutMs: timeout * 1000 }),
  };
}

function paramsFrom({ script, global }: WholeScript, settings: ScriptSettings): ScriptParams {
  const {
    inputs = null,
    outputs = [],
    scratch = [],
    env = {},
    variables = [],
    platform = true,
    persistent = null,
  } = settings;
  return { script, inputs, global, outputs, scratch, env, variables, platform, persistent };
}

/** What a script makes can only be put back where somebody said what that is. */
function whetherKept(
  { script, class: scriptClass }: WholeScript,
  { cache, outputs }: ScriptSettings,
): boolean | string {
  if (cache !== undefined) return cache;
  if (outputs !== undefined || scriptClass === "check") return true;
  return `nothing says what it makes: name it in \`outputs\` of the script \`${script}\``;
}

function resourcesOf({ resources = {} }: ScriptSettings): NonNullable<NarrowedAtom["resources"]> {
  const { cpu, memoryMb, mutex } = resources;
  return {
    ...(cpu === undefined ? {} : { cpu }),
    ...(memoryMb === undefined ? {} : { memoryMb }),
    ...(mutex === undefined ? {} : { mutex }),
  };
}

/** As the command line's filters: a name or a glob of names, `./` and a folder or a glob of folders. */
function meaning(text: string): (project: Named) => boolean {
  const made = meanings.get(text) ?? readMeaning(text);
  meanings.set(text, made);
  return made;
}

function readMeaning(text: string): (project: Named) => boolean {
  const matches: Matches = matcherOf([text]);
  return text.startsWith("./") ? ({ root }) => matches(root) : ({ name }) => matches(name);
}
