import type { Diagnostic } from "./core/diagnostic.ts";
import type { Result } from "./core/result.ts";
import type { LoadedConfig } from "./config/load.ts";
import type { Variables } from "./fingerprint/variables.ts";
import { detectBase } from "./workspace/git/base.ts";
import { changedFiles, type Changes } from "./workspace/git/changes.ts";
import type { Repository } from "./workspace/git/repository.ts";

/** What a change is compared with; what is left out is detected. */
export interface Compared {
  readonly base?: string;
  readonly head?: string;
}

/** Where a change is looked for. */
export interface ComparePlace {
  readonly repository: Repository;
  readonly config: Pick<LoadedConfig, "settings">;
  /** What git printed of what is not committed, where it was asked beside other work. */
  readonly uncommitted: Buffer | undefined;
}

/** What changed since the base that is named, configured or detected. */
export function compare(
  { repository, config, uncommitted }: ComparePlace,
  { base, head }: Compared,
  environment: Variables,
): Result<Changes, Diagnostic> {
  const configured = config.settings.base;
  const selection = detectBase(repository, {
    env: environment,
    ...(base === undefined ? {} : { base }),
    ...(head === undefined ? {} : { head }),
    ...(configured === undefined ? {} : { configured }),
  });
  return selection.ok ? changedFiles(repository, selection.value, uncommitted) : selection;
}
