import { configPaths } from "./config/config-paths.ts";
import { loadConfig, loadDefaults, type LoadedConfig } from "./config/load.ts";
import { keepAnswers } from "./cache/keep-answers.ts";
import { openJudge } from "./finding/open-judge.ts";
import { indexAtoms } from "./graph/atom-index.ts";
import { decides } from "./kept-graph/decisive.ts";
import { findGraph } from "./kept-graph/graph-file.ts";
import type { GraphShape } from "./kept-graph/kept-graph.ts";
import { workFiles, workspaceOf } from "./kept-graph/kept-workspace.ts";
import { looseNames } from "./kept-graph/loose-names.ts";
import { projectsReached } from "./kept-graph/reach.ts";
import type { Changes } from "./workspace/git/changes.ts";
import { createSourceTexts } from "./workspace/source-texts.ts";
import type { Workspace } from "./workspace/workspace.ts";
import type { AskedRepository } from "./ask-repository.ts";
import { compare, type Compared } from "./compare.ts";
import type { Opened, OpenRequest } from "./open.ts";

/** What is opened with a project graph that was kept. */
export interface KeptRequest extends Pick<OpenRequest, "cwd" | "environment" | "defaults" | "onDemand"> {
  readonly asked: AskedRepository;
  readonly affected: Compared;
  /** The text under which the graph is kept. */
  readonly command: string;
  readonly version: string;
  /** The folder that this process stands in, absolute. */
  readonly here: string;
}

/**
 * Opens a repository whose files have the names that they had, and the same settings in them: its projects are not looked for
 * again, and only those count that the change can reach. Undefined where no graph was kept that is so, where the change may
 * reach anything, and where something is wrong: `open` tells what.
 */
export async function openKept(request: KeptRequest): Promise<Opened | undefined> {
  const { asked, affected, environment, here } = request;
  const { repository } = asked;
  const found = findGraph({ ...repository, environment, here, command: request.command, version: request.version });
  if (found === undefined) return undefined;
  const [config, uncommitted] = [await loadKept(request), await asked.uncommitted];
  const names = uncommitted && looseNames(repository.root, uncommitted);
  if (config === undefined || names?.digest !== found.graph.names) return undefined;
  const shape = found.shape();
  const brought = await broughtPlugins(shape, request);
  if (brought === undefined) return undefined;
  const whole = { ...config, plugins: [...brought, ...config.plugins] };
  const changes = compare({ repository, config: whole, uncommitted }, affected, environment);
  const workspace = workspaceOf(shape);
  const reached = changes.ok
    ? reachedBy(changes.value, { ...shape, workspace, config: whole, root: repository.root })
    : undefined;
  if (!changes.ok || reached === undefined) return undefined;
  const texts = createSourceTexts(repository.root);
  const { settings, plugins } = whole;
  const index = indexAtoms(plugins, settings.targets ?? {}, new Map(shape.derived));
  const judge = openJudge(settings, texts);
  if (!index.ok || !judge.ok) return undefined;
  return {
    ...{ repository, config: whole, intents: [], brought: shape.brought, changes: changes.value },
    ...{ index: index.value, derived: new Map(shape.derived), workspace, texts, judge: judge.value },
    get files() {
      return workFiles(workspace, shape.untracked);
    },
    ...{ listedAt: asked.listedAt, variablesRead: "all", uncommitted },
    kept: { reached, tasks: shape.tasks },
  };
}

async function loadKept({ asked, defaults }: KeptRequest): Promise<LoadedConfig | undefined> {
  const { repository } = asked;
  const config = await loadConfig({ root: repository.root, defaults, keep: keepAnswers(repository) });
  return config.ok ? config.value : undefined;
}

async function broughtPlugins(
  { brought }: GraphShape,
  { onDemand }: KeptRequest,
): Promise<LoadedConfig["plugins"] | undefined> {
  if (brought.length === 0) return [];
  const offered = (await onDemand?.()) ?? [];
  const loaded = await loadDefaults(offered.filter(({ name }) => brought.includes(name)));
  return loaded.ok && loaded.value.length === brought.length ? loaded.value : undefined;
}

/** The projects that a change can reach; undefined where it may have a part in which projects and tasks there are. */
export function reachedBy(
  { files }: Changes,
  {
    reach,
    workspace,
    config,
    root,
  }: Pick<GraphShape, "reach"> & {
    readonly workspace: Workspace;
    readonly config: LoadedConfig;
    readonly root: string;
  },
): ReadonlySet<string> | undefined {
  const everything = configPaths(config, root);
  const changed = files.map(({ path }) => path);
  const isDecisive = decides({ plugins: config.plugins, everything });
  return changed.some(isDecisive) ? undefined : projectsReached(changed, reach, workspace);
}
