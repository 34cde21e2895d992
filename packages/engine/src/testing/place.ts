import { byCodeUnit, type JsonValue } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import type { Context } from "../plugin/atom.ts";
import type { Project } from "../plugin/project.ts";
import type { LoadedPlugin } from "../plugin/load.ts";
import { factsOf } from "../workspace/facts.ts";
import type { SourceTexts } from "../workspace/source-texts.ts";
import { createWorkspace, discover, type Workspace } from "../workspace/workspace.ts";
import { unwrap } from "./unwrap.ts";

/** Texts by path. */
export type Files = Readonly<Record<RepoPath, string>>;

/** The repository in memory, and the projects in it. */
export interface Found {
  readonly workspace: Workspace;
  readonly texts: SourceTexts;
}

/** Where a hook is asked: a plugin in a project of a repository. */
export interface Place extends Found {
  readonly plugin: LoadedPlugin;
  readonly files: Files;
  readonly project: Project;
  /** The files that changed; `null` where nothing is compared. */
  readonly changed: readonly RepoPath[] | null;
  /** Of a derived atom. */
  readonly params?: JsonValue;
}

/** The projects that these plugins find in these files. */
export function workspaceOf(plugins: readonly LoadedPlugin[], files: Files): Found {
  const sources = new Map(Object.entries(files).map(([path, text]) => [path, { path, text }]));
  const texts: SourceTexts = { root: "", source: (path) => sources.get(path) };
  const paths = Object.keys(files).sort(byCodeUnit);
  const looks = plugins.some(({ spec }) => spec.discovery !== undefined);
  const workspace = looks
    ? unwrap(discover({ plugins, files: paths, texts, exclude: [] }), plugins.map(({ name }) => name).join(" or "))
    : createWorkspace([{ name: "app", root: ".", manifests: [], dependsOn: [], tags: [], environments: [] }], paths);
  return { workspace, texts };
}

/** What the plugin reads in the project. */
export function factsFor({ plugin, project, workspace, texts }: Place): JsonValue {
  return unwrap(factsOf(plugin, project, workspace, texts), plugin.name);
}

/** What every hook is given there. */
export function contextIn(place: Place): Context<JsonValue, JsonValue> {
  const { plugin, project, workspace, params } = place;
  const shared = { options: plugin.options, facts: factsFor(place), project, upstream: workspace.upstream(project) };
  return params === undefined ? shared : { ...shared, params };
}
