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
