import type { Project } from "@symbiotic-build/engine";
import { matcherOf, type Matches } from "../globs.ts";
import type { NodeOptions, ScriptSettings, ScriptTable } from "../options.ts";

const known = new WeakMap<NodeOptions, SettingsOf>();

/** What the configuration says of a script in a project. The same answer is the same object. */
export type SettingsOf = (script: string, project: Pick<Project, "name" | "root">) => ScriptSettings;

/**
 * Settings come in layers, each member of a later one in the place of the earlier's: `*`, the script's own, and the same
 * two of each entry of `packages` that means the project.
 */
export function settingsOf(options: NodeOptions): SettingsOf {
  const made = known.get(options) ?? createSettings(options);
  known.set(options, made);
  return made;
}

function createSettings({ scripts, packages }: NodeOptions): SettingsOf {
  const entries = Object.entries(packages).map(([name, each]) => ({ means: meaning(name), table: each.scripts }));
  const merged = new Map<string, ScriptSettings>();
  return (script, project) => {
    const tables = [scripts];
    let key = "";
    for (const [index, { means, table }] of entries.entries()) {
      if (!means(project)) continue;
      tables.push(table);
      key += `${String(index)} `;
    }
    key += script;
    const settings = merged.get(key) ?? merge(tables, script);
    merged.set(key, settings);
    return settings;
  };
}

function merge(tables: readonly ScriptTable[], script: string): ScriptSettings {
  return Object.assign({}, ...tables.flatMap((table) => [table["*"] ?? {}, own(table, script)])) as ScriptSettings;
}

function own(table: ScriptTable, script: string): ScriptSettings {
  return Object.hasOwn(table, script) ? (table[script] ?? {}) : {};
}

/** As the command line's filters: a name or a glob of names, `./` and a folder or a glob of folders. */
function meaning(text: string): (project: Pick<Project, "name" | "root">) => boolean {
  const matches: Matches = matcherOf([text]);
  return text.startsWith("./") ? ({ root }) => matches(root) : ({ name }) => matches(name);
}
