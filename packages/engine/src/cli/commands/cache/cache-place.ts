import type { Diagnostic } from "../../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../../core/result.ts";
import type { PruneLimits } from "../../../cache/choose-records.ts";
import { keepAnswers } from "../../../cache/keep-answers.ts";
import { DEFAULT_LIMITS } from "../../../cache/prune.ts";
import { loadConfig } from "../../../config/load.ts";
import { cacheDirectory, cacheLimits } from "../../../open.ts";
import { openRepository } from "../../../workspace/git/repository.ts";
import { resolve } from "node:path";
import type { CliContext } from "../../command.ts";
import type { Parsed } from "../../../plugin/command.ts";

/** Where the cache of a repository lies, and how much it may keep. */
export interface CachePlace {
  /** Absolute. */
  readonly directory: string;
  /** Of the repository; absolute. */
  readonly root: string;
  readonly limits: PruneLimits;
}

/** Finds the cache. The projects are not looked at: what is wrong with them keeps nobody from clearing a cache. */
export async function findCache(
  parsed: Parsed,
  { cwd, environment, defaults }: CliContext,
): Promise<Result<CachePlace, readonly Diagnostic[]>> {
  const repository = openRepository(cwd, environment.variables);
  if (!repository.ok) return fail([repository.error]);
  const { root } = repository.value;
  const named = parsed.values.get("config") ?? environment.settings.config;
  const keep = keepAnswers(repository.value);
  const config = await loadConfig({
    root,
    defaults,
    keep,
    ...(named === undefined ? {} : { file: resolve(cwd, named) }),
  });
  if (!config.ok) return config;
  const found = { repository: repository.value, config: config.value };
  return ok({
    root,
    directory: cacheDirectory(found, environment.settings.cacheDir),
    limits: { ...DEFAULT_LIMITS, ...cacheLimits(found) },
  });
}
