import type { Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { TaskResult } from "../execute/task-result.ts";
import type { Base } from "../base/open-bases.ts";
import { cacheDirectory, type Opened } from "../open.ts";
import { plan } from "../plan.ts";
import type { RunRequest } from "../request.ts";
import { closeParts, openParts } from "../run-parts.ts";
import { settleAll } from "../settle.ts";

/** What is wanted of the base. */
export interface AtBase {
  /** `<project>:<atom>`; what is not there is passed over. */
  readonly names: readonly string[];
  /** Of the run that asks. */
  readonly request: RunRequest;
  readonly opened: Opened;
}

/** Runs tasks at the base, with the cache of the work tree and untold. Gives how they ended. */
export async function runAtBase(
  base: Base,
  { names, request, opened }: AtBase,
): Promise<Result<readonly TaskResult[], readonly Diagnostic[]>> {
  const { index, workspace } = base.opened;
  const there = names.filter((name) => {
    const colon = name.lastIndexOf(":");
    return workspace.project(name.slice(0, colon)) !== undefined && index.find(name.slice(colon + 1)) !== undefined;
  });
  if (there.length === 0) return ok([]);
  const environment = base.environment();
  if (!environment.ok) return fail([environment.error]);
  const { concurrency, memoryMb, barrier, mode, cacheMode, timeoutMs, version, home, node, now, startedAt, signal } =
    request;
  const asked: RunRequest = {
    ...{ concurrency, memoryMb, barrier, mode, cacheMode, timeoutMs, version, home, node, now, startedAt, signal },
    replayLogs: false,
    ...{ names: there, filters: [], exclude: [], arguments: [], environment: environment.value },
    cacheDir: cacheDirectory(opened, request.cacheDir),
    asked: null,
    reporters: () => [],
  };
  const planned = plan(base.opened, asked);
  if (!planned.ok) return planned;
  const parts = openParts(base.opened, asked, { plan: planned.value, begin: request.now() });
  if (!parts.ok) return fail([parts.error]);
  try {
    return ok((await settleAll(parts.value)).results);
  } finally {
    await closeParts(parts.value);
  }
}
