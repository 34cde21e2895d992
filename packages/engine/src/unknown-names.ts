import type { Diagnostic } from "./core/diagnostic.ts";
import { byCodeUnit } from "./core/json.ts";
import { unknownName } from "./config/errors.ts";
import type { LoadedConfig } from "./config/load.ts";
import { hasSetting } from "./config/layers.ts";
import type { KeyPath } from "./config/locate.ts";
import { ENGINE_GATES } from "./gate/engine-gates.ts";
import type { AtomIndex } from "./graph/atom-index.ts";
import { atomsOf } from "./graph/selection.ts";
import type { Workspace } from "./workspace/workspace.ts";

/** A name that the configuration writes and nothing answers to. */
interface Unknown {
  readonly path: KeyPath;
  readonly name: string;
  readonly known: readonly string[];
  readonly owner: string;
}

/** Names in the configuration that nothing answers to: a gate that is misspelt would be required in vain. */
export function unknownNames(
  config: LoadedConfig,
  index: AtomIndex,
  { root, defaults }: { readonly root: string; readonly defaults: readonly string[] },
): Promise<Diagnostic[]> {
  const gates = [...index.gates.map(({ id }) => id), ...ENGINE_GATES];
  const ofGates = Object.keys(config.settings.gates ?? {})
    .filter((id) => !gates.includes(id))
    .map((id): Unknown => ({ path: ["gates", id], name: id, known: gates, owner: "gates" }));
  const wrong = [...ofGates, ...disabled(config, defaults), ...dependencies(config, index)];
  return Promise.all(wrong.map((each) => unknownName({ layers: config.layers, root }, each)));
}

/** The lists of several files add up, so each entry is looked for in the file that has it. */
function disabled({ layers }: LoadedConfig, defaults: readonly string[]): Unknown[] {
  const own = layers.map(({ value }) => (value as { readonly disable?: readonly string[] }).disable ?? []);
  return own.flatMap((names) =>
    names.flatMap((name, at) =>
      defaults.includes(name) ? [] : [{ path: ["disable", at], name, known: defaults, owner: "disable" }],
    ),
  );
}

/** What atoms of the configuration wait for. */
function dependencies({ settings }: LoadedConfig, index: AtomIndex): Unknown[] {
  const lists = Object.entries(settings.atoms ?? {}).flatMap(([id, atom]) =>
    atom === false ? [] : dependsOnLists(["atoms", id], atom),
  );
  const wrong = lists.flatMap(({ path, names }) =>
    names.flatMap((written, at) => {
      const name = written.replace(/^\^/, "").split(":").at(-1) ?? "";
      return atomsOf(name, index) === undefined ? [{ path: [...path, at], name, owner: "atoms" }] : [];
    }),
  );
  if (wrong.length === 0) return [];
  const known = [
    ...new Set([...[...index.atoms.values()].map(({ id, atom }) => atom.alias ?? id), ...index.targets.keys()]),
  ].sort(byCodeUnit);
  return wrong.map((each) => ({ ...each, known }));
}

interface DependsOn {
  readonly dependsOn?: readonly string[] | undefined;
  readonly projects?: Readonly<Record<string, false | DependsOn>> | undefined;
}

function dependsOnLists(
  at: KeyPath,
  { dependsOn, projects = {} }: DependsOn,
): { readonly path: KeyPath; readonly names: readonly string[] }[] {
  const overrides = Object.entries(projects).flatMap(([name, own]) =>
    own === false ? [] : dependsOnLists([...at, "projects", name], own),
  );
  return dependsOn === undefined ? overrides : [{ path: [...at, "dependsOn"], names: dependsOn }, ...overrides];
}

/** Projects that overrides of atoms name without a glob, or gates, and that are not there. A preset may know more than a repository has. */
export function unknownProjects(
  { layers, settings }: LoadedConfig,
  workspace: Workspace,
  root: string,
): Promise<Diagnostic[]> {
  const own = layers.at(-1);
  const known = workspace.projects.map(({ name }) => name);
  const ofAtoms = Object.entries(settings.atoms ?? {}).flatMap(([id, atom]) =>
    Object.keys((atom === false ? undefined : atom.projects) ?? {})
      .filter((name) => /^(?!tag:|\.)[^*?{[(!]+$/.test(name) && !known.includes(name))
      .map((name): Unknown => ({ path: ["atoms", id, "projects", name], name, known, owner: "projects" })),
  );
  const ofGates = Object.entries(settings.gates ?? {}).flatMap(([id, { projects = {} }]) =>
    Object.keys(projects)
      .filter((name) => !known.includes(name))
      .map((name): Unknown => ({ path: ["gates", id, "projects", name], name, known, owner: "projects" })),
  );
  const wrong = [...ofAtoms, ...ofGates];
  const written = wrong.filter(({ path }) => own !== undefined && hasSetting(own.value, path));
  return Promise.all(written.map((each) => unknownName({ layers, root }, each)));
}
