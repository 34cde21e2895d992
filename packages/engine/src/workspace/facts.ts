import type { Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";
import { ancestors, joinRepo, relativeTo, type RepoPath } from "../core/path.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Project, SourceText } from "../plugin/project.ts";
import { guarded, hookError } from "../plugin/guarded.ts";
import type { LoadedPlugin } from "../plugin/load.ts";
import { matcher } from "./match.ts";
import type { SourceTexts } from "./source-texts.ts";
import type { Workspace } from "./workspace.ts";

/** What plugins read out of the settings of projects, each asked when somebody wants to know. */
export interface Facts {
  of(plugin: LoadedPlugin, project: Project): Result<JsonValue, readonly Diagnostic[]>;
  /** What was asked for so far, or was known. */
  told(): readonly KnownFacts[];
}

/** What a plugin read of a project, both by name. */
export type KnownFacts = readonly [plugin: string, project: string, facts: JsonValue];

/** The facts of a workspace; `known` need not be read again. */
export function createFacts(workspace: Workspace, texts: SourceTexts, known: readonly KnownFacts[] = []): Facts {
  const told = new Map(known.map((each) => [`${each[0]}\0${each[1]}`, each]));
  return {
    of(plugin, project) {
      const key = `${plugin.name}\0${project.name}`;
      const before = told.get(key);
      if (before !== undefined) return ok(before[2]);
      const facts = factsOf(plugin, project, workspace, texts);
      if (facts.ok) told.set(key, [plugin.name, project.name, facts.value]);
      return facts;
    },
    told: () => [...told.values()],
  };
}

/** What a plugin reads out of a project's own settings; `null` for a plugin that reads nothing. */
export function factsOf(
  plugin: LoadedPlugin,
  project: Project,
  workspace: Workspace,
  texts: SourceTexts,
): Result<JsonValue, readonly Diagnostic[]> {
  const { inspect } = plugin.spec;
  if (inspect === undefined) return ok(null);
  const seen = ancestors(project.root).flatMap((folder) => textsIn(folder, inspect.texts, texts));
  const wanted = matcher(inspect.paths ?? []);
  const paths =
    inspect.paths === undefined
      ? []
      : workspace.filesOf(project).filter((path) => wanted(relativeTo(project.root, path)));
  const given = { project, texts: seen, paths, options: plugin.options };
  const what = `the plugin ${plugin.name}, reading the settings of ${project.name},`;
  const asked = guarded(what, () => inspect.facts(given) as Result<JsonValue, readonly Diagnostic[]> | undefined);
  if (!asked.ok) return fail([asked.error]);
  return asked.value !== undefined && "ok" in asked.value ? asked.value : fail([hookError(`${what} gave no Result`)]);
}

/** By where texts come from, by the names that are looked for, by folder: most projects have the same folders above them. */
const found = new WeakMap<SourceTexts, Map<readonly string[], Map<RepoPath, readonly SourceText[]>>>();

function textsIn(folder: RepoPath, names: readonly string[], texts: SourceTexts): readonly SourceText[] {
  const byNames = found.get(texts) ?? new Map<readonly string[], Map<RepoPath, readonly SourceText[]>>();
  found.set(texts, byNames);
  const byFolder = byNames.get(names) ?? new Map<RepoPath, readonly SourceText[]>();
  byNames.set(names, byFolder);
  const known = byFolder.get(folder) ?? names.flatMap((name) => texts.source(joinRepo(folder, name)) ?? []);
  byFolder.set(folder, known);
  return known;
}
