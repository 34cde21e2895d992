import { loadDefaults, type LoadedConfig } from "./config/load.ts";
import { openJudge } from "./finding/open-judge.ts";
import { indexAtoms } from "./graph/atom-index.ts";
import type { RepositoryShape } from "./kept-graph/kept-graph.ts";
import { shapeOf, workFiles, workspaceOf } from "./kept-graph/kept-workspace.ts";
import { createFacts } from "./workspace/facts.ts";
import { createSourceTexts } from "./workspace/source-texts.ts";
import type { Opened, OpenRequest } from "./open.ts";

/** What is known of a repository whose shape is known, but for what it is compared with and when it was looked at. */
export type OpenedShape = Omit<Opened, "changes" | "listedAt" | "variablesRead" | "uncommitted">;

/**
 * Makes of a repository's shape what looking for projects would give. Undefined where something is wrong with it now: `open`
 * tells what.
 */
export async function openShape(
  shape: RepositoryShape,
  {
    repository,
    config,
    onDemand,
  }: Pick<Opened, "repository" | "config"> & { readonly onDemand: OpenRequest["onDemand"] },
): Promise<OpenedShape | undefined> {
  const brought = await broughtPlugins(shape, onDemand);
  if (brought === undefined) return undefined;
  const plugins = [...brought, ...config.plugins];
  const derived = new Map(shape.derived);
  const texts = createSourceTexts(repository.root);
  const index = indexAtoms(plugins, config.settings.targets ?? {}, derived);
  const judge = openJudge(config.settings, texts);
  if (!index.ok || !judge.ok) return undefined;
  const workspace = workspaceOf(shape);
  return {
    ...{ repository, config: { ...config, plugins }, intents: [], brought: shape.brought },
    ...{ index: index.value, derived, workspace, texts, judge: judge.value },
    facts: createFacts(workspace, texts, shape.facts),
    untracked: shape.untracked,
    get files() {
      return workFiles(workspace, shape.untracked);
    },
  };
}

async function broughtPlugins(
  { brought }: RepositoryShape,
  onDemand: OpenRequest["onDemand"],
): Promise<LoadedConfig["plugins"] | undefined> {
  if (brought.length === 0) return [];
  const offered = (await onDemand?.()) ?? [];
  const loaded = await loadDefaults(offered.filter(({ name }) => brought.includes(name)));
  return loaded.ok && loaded.value.length === brought.length ? loaded.value : undefined;
}

/** The shape of a repository that is open; undefined for one with links or submodules, and where intents brought something. */
export function shapeOfOpened(opened: Opened): Omit<RepositoryShape, "facts"> | undefined {
  const { workspace, untracked, derived, brought, intents } = opened;
  if (workspace.detours !== undefined || intents.length > 0) return undefined;
  return { ...shapeOf(workspace), untracked, derived: [...derived], brought };
}
