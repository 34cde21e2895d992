import type { Emit, RunEvent } from "../core/event.ts";
import type { TaskResult } from "../execute/task-result.ts";
import type { EndedRun } from "../remember.ts";
import type { RunRequest } from "../request.ts";
import type { RunParts } from "../run-parts.ts";
import { settleAll } from "../settle.ts";
import { movedText } from "../staged/moved-text.ts";
import type { Divided } from "./divide-run.ts";
import type { Pass } from "./open-pass.ts";

/** Settles the tasks of the work tree, then those of each pass, which are told of as if they had run in the work tree. */
export async function settleDivided(
  parts: RunParts,
  { main, passes }: Pick<Divided, "main" | "passes">,
): Promise<Pick<EndedRun, "results" | "host" | "tools">> {
  const ended = await settleAll({ ...parts, plan: main });
  const results: TaskResult[] = [...ended.results];
  for (const pass of passes) results.push(...(await settlePass(parts, pass)));
  return { ...ended, results };
}

async function settlePass(parts: RunParts, { tree, tasks, plan }: Pass): Promise<readonly TaskResult[]> {
  const { root } = parts.opened.repository;
  const emit: Emit = (event, task) => {
    if (task === undefined || tasks.has(task)) parts.emit(moved(event, [tree.roots.to, root]), task);
  };
  const request = requestIn(parts.request, tree.environment);
  const { results } = await settleAll({ ...parts, opened: tree.opened, request, plan, emit });
  return results.filter(({ task }) => tasks.has(task.id));
}

/** What an earlier run knew was known of the work tree, and agents ask there. */
function requestIn(request: RunRequest, environment: RunRequest["environment"]): RunRequest {
  const { concurrency, memoryMb, barrier, mode, cacheMode, timeoutMs, version, home, node, now, startedAt, signal } =
    request;
  const { names, filters, exclude, replayLogs, judging, hold } = request;
  return {
    ...{ concurrency, memoryMb, barrier, mode, cacheMode, timeoutMs, version, home, node, now, startedAt, signal },
    ...{ names, filters, exclude, replayLogs, environment, reporters: () => [] },
    ...(judging === undefined ? {} : { judging }),
    ...(hold === undefined ? {} : { hold }),
  };
}

function moved(event: RunEvent, [from, to]: readonly [from: string, to: string]): RunEvent {
  const text = JSON.stringify(event);
  const told = movedText(text, [[from, to]]);
  return told === text ? event : (JSON.parse(told) as RunEvent);
}
