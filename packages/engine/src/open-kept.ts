import { configPaths } from "./config/config-paths.ts";
import { loadConfig, type LoadedConfig } from "./config/load.ts";
import { keepAnswers } from "./cache/keep-answers.ts";
import { decides } from "./kept-graph/decisive.ts";
import { findGraph } from "./kept-graph/graph-file.ts";
import { looseNames } from "./kept-graph/loose-names.ts";
import { projectsReached, type Reach } from "./kept-graph/reach.ts";
import type { Changes } from "./workspace/git/changes.ts";
import type { AskedRepository } from "./ask-repository.ts";
import { compare, type Compared } from "./compare.ts";
import type { Opened, OpenRequest } from "./open.ts";
import { openShape } from "./open-shape.ts";

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
  const opened = await openShape(shape, { repository, config, onDemand: request.onDemand });
  if (opened === undefined) return undefined;
  const changes = compare({ repository, config: opened.config, uncommitted }, affected, environment);
  const reached = changes.ok ? reachedBy(changes.value, shape.reach, opened) : undefined;
  if (!changes.ok || reached === undefined) return undefined;
  const { listedAt } = asked;
  const kept = { reached, tasks: shape.tasks };
  return { ...opened, changes: changes.value, listedAt, variablesRead: "all", uncommitted, kept };
}

async function loadKept({ asked, defaults }: KeptRequest): Promise<LoadedConfig | undefined> {
  const { repository } = asked;
  const config = await loadConfig({ root: repository.root, defaults, keep: keepAnswers(repository) });
  return config.ok ? config.value : undefined;
}

/** The projects that a change can reach; undefined where it may have a part in which projects and tasks there are. */
export function reachedBy(
  { files }: Changes,
  reach: Reach,
  { workspace, config, repository }: Pick<Opened, "workspace" | "config" | "repository">,
): ReadonlySet<string> | undefined {
  const everything = configPaths(config, repository.root);
  const changed = files.map(({ path }) => path);
  const isDecisive = decides({ plugins: config.plugins, everything });
  return changed.some(isDecisive) ? undefined : projectsReached(changed, reach, workspace);
}
