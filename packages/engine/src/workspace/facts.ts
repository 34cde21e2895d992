import type { Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";
import { ancestors, joinRepo, relativeTo } from "../core/path.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Project } from "../plugin/project.ts";
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
  const folders = ancestors(project.root);
  const seen = inspect.texts.flatMap((name) =>
    folders.flatMap((folder) => {
      const source = texts.source(joinRepo(folder, name));
      return source === undefined ? [] : [{ source, depth: folders.indexOf(folder) }];
    }),
  );
  seen.sort((a, b) => a.depth - b.depth);
  const wanted = matcher(inspect.paths ?? []);
  const paths =
    inspect.paths === undefined
      ? []
      : workspace.filesOf(project).filter((path) => wanted(relativeTo(project.root, path)));
  const given = { project, texts: seen.map(({ source }) => source), paths, options: plugin.options };
  const what = `the plugin ${plugin.name}, reading the settings of ${project.name},`;
  const asked = guarded(what, () => inspect.facts(given) as Result<JsonValue, readonly Diagnostic[]> | undefined);
  if (!asked.ok) return fail([asked.error]);
  return asked.value !== undefined && "ok" in asked.value ? asked.value : fail([hookError(`${what} gave no Result`)]);
}
