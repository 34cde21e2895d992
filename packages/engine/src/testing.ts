/** What tests of plugins are written with: a plugin over a repository in memory, with no tool installed. See docs/plugins.md. */
import { canonicalJson, type JsonValue } from "./core/json.ts";
import type { RepoPath } from "./core/path.ts";
import { indexAtoms } from "./graph/atom-index.ts";
import type { Project } from "./plugin/project.ts";
import type { PluginUse } from "./plugin/define-plugin.ts";
import { testedAtom, type TestedAtom } from "./testing/atom.ts";
import { loadForTest } from "./testing/load.ts";
import { derivedIn } from "./testing/derived.ts";
import { testedGate, type TestedGate } from "./testing/gate.ts";
import { factsFor, workspaceOf, type Place } from "./testing/place.ts";
import { unwrap } from "./testing/unwrap.ts";
import { deriveAtoms } from "./workspace/derive.ts";

export { definePlugin } from "./plugin/define-plugin.ts";
export type { EndedProcess, RunMore, RunResult, TestedAtom, ToolFacts } from "./testing/atom.ts";
export type { GateMore, TestedGate } from "./testing/gate.ts";

/** The repository that a plugin is tried in. */
export interface TestRepository {
  /** Texts by path, relative to the repository root: all that there is. */
  readonly files?: Readonly<Record<RepoPath, string>>;
  /** Further plugins, for their discovery: `[python()]` finds the projects that a plugin for a tool works in. */
  readonly beside?: readonly PluginUse[];
  /** The files that changed, for atoms that are `ofChange`; without it nothing is compared. */
  readonly changed?: readonly RepoPath[];
}

/** A plugin that has been loaded as the engine loads it, and what it makes of the repository. */
export interface TestedPlugin {
  /** The options after parsing: defaults are filled in. */
  readonly options: JsonValue;
  /** The projects that were found, by name; where no plugin looks for any, one at the root, called `app`. */
  readonly projects: readonly Project[];
  /** What `inspect` reads in a project. Without a name, in the only one. Throws where it gives an error. */
  facts(project?: string): JsonValue;
  /** An atom, by id or alias, bound to a project. Throws a list of what there is where there is no such atom. */
  atom(name: string, project?: string): TestedAtom;
  /** A gate, by id, asked about a project. */
  gate(id: string, project?: string): TestedGate;
}

/**
 * Loads a plugin over a repository in memory and hands out its hooks, asked as the engine asks them. Nothing is started,
 * and nothing of the repository is on disk. What the engine would refuse (a wrong option, a broken definition, two owners
 * of one name, a discovery that fails) is thrown as one error that lists every problem.
 */
export function testPlugin(use: PluginUse, repository: TestRepository = {}): TestedPlugin {
  const files = repository.files ?? {};
  const plugin = loadForTest(use);
  const others = (repository.beside ?? []).map(loadForTest);
  const found = workspaceOf([...others, plugin], files);
  const manifests = { files: found.workspace.files, texts: found.texts, exclude: [] };
  const derived = unwrap(deriveAtoms([...others, plugin], manifests), plugin.name);
  const index = unwrap(indexAtoms([...others, plugin], {}, derived), plugin.name);
  const placeIn = (name?: string): Place => ({
    plugin,
    files,
    changed: repository.changed ?? null,
    ...found,
    project: projectOf(found.workspace.projects, name),
  });
  return {
    options: copy(plugin.options),
    projects: found.workspace.projects,
    facts: (project) => copy(factsFor(placeIn(project))),
    atom: (name, project) => {
      const owned = index.find(name);
      if (owned?.plugin === plugin) {
        const place = placeIn(project);
        const { owned: own, ...derivedAs } = derivedIn(owned, place.project);
        return testedAtom(own, { ...place, ...derivedAs });
      }
      throw unknown(
        "atom",
        name,
        [...index.atoms.values()].flatMap((each) => (each.plugin === plugin ? [each.id] : [])),
      );
    },
    gate: (id, project) => {
      const owned = index.gates.find((gate) => gate.id === id && gate.plugin === plugin);
      if (owned !== undefined) return testedGate(owned, index, placeIn(project));
      throw unknown("gate", id, Object.keys(plugin.spec.gates ?? {}));
    },
  };
}

function projectOf(projects: readonly Project[], name?: string): Project {
  const names = projects.map((project) => project.name);
  const wanted =
    name === undefined && projects.length === 1 ? projects[0] : projects.find((project) => project.name === name);
  if (wanted !== undefined) return wanted;
  throw name === undefined
    ? new Error(`which project? ${names.join(", ") || "none was found"}`)
    : unknown("project", name, names);
}

function unknown(what: string, name: string, known: readonly string[]): Error {
  return new Error(`there is no ${what} \`${name}\`; there is: ${known.join(", ") || "none"}`);
}

/** As it would arrive in a worker. */
function copy(value: JsonValue): JsonValue {
  return JSON.parse(canonicalJson(value)) as JsonValue;
}
