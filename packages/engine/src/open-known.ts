import { loadConfig } from "./config/load.ts";
import { keepAnswers } from "./cache/keep-answers.ts";
import { readShape } from "./kept-graph/shape-file.ts";
import type { KeptResults } from "./snapshot/kept-results.ts";
import type { AskedRepository } from "./ask-repository.ts";
import { type Opened, type OpenRequest, watchNothing } from "./open.ts";
import { openShape } from "./open-shape.ts";

/** A run of which only inputs changed since its snapshot was written. */
export interface KnownRequest extends Pick<OpenRequest, "defaults" | "onDemand" | "watchVariables"> {
  readonly asked: AskedRepository;
  readonly kept: KeptResults;
}

/**
 * Opens a repository of which everything but the bytes of inputs is as the snapshot of an earlier run has it, so that projects
 * need not be looked for. Undefined where nothing was kept of them, and where something is wrong: `open` tells what.
 */
export async function openKnown({ asked, kept, ...request }: KnownRequest): Promise<Opened | undefined> {
  const { repository } = asked;
  const { command, shape: digest } = kept.snapshot;
  const shape = digest === undefined ? undefined : readShape(repository.gitDir, command, digest);
  if (shape === undefined) return undefined;
  const { root } = repository;
  const load = (): ReturnType<typeof loadConfig> =>
    loadConfig({ root, defaults: request.defaults, keep: keepAnswers(repository) });
  const { value: config, variables: variablesRead } = await (request.watchVariables ?? watchNothing)(load);
  const opened = config.ok
    ? await openShape(shape, { repository, config: config.value, onDemand: request.onDemand })
    : undefined;
  return (
    opened && { ...opened, changes: undefined, listedAt: kept.since, variablesRead, uncommitted: undefined, kept: {} }
  );
}
