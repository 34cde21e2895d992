import type { Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import { ok, type Result } from "../../core/result.ts";
import { guarded } from "../../plugin/guarded.ts";
import { ownedPaths, scratchPaths } from "../../graph/ownership.ts";
import type { Task } from "../../graph/task.ts";
import { plan, type KnownChange } from "../../plan.ts";
import type { Opened } from "../../open.ts";
import { matcher } from "../../workspace/match.ts";
import type { CliContext, CliOutput, Parsed } from "../command.ts";
import { openWorkspace } from "../open-workspace.ts";
import { runOpened } from "../run-opened.ts";
import { runRequest } from "../run-request.ts";
import { ToCycle, type FromCycle } from "./cycle-message.ts";

type Output = Promise<Result<CliOutput, readonly Diagnostic[]>>;

/** One run of `watch`, in the process that `watch` started for it: what changed comes by message, and so does the end. */
export async function runCycle(parsed: Parsed, context: CliContext): Output {
  const stop = new AbortController();
  const changed = await firstMessage(stop);
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const inside = { ...context, signal };
  const opened = await openWorkspace(parsed, inside);
  if (!opened.ok) return leave(opened);
  const change = changed === null || makesProjects(changed, opened.value) ? undefined : { named: changed };
  const told = await tellTasks(parsed, inside, { opened: opened.value, change });
  if (!told.ok) return leave(told);
  const ran = await runOpened({
    ...{ opened: opened.value, parsed, context: inside },
    ...(change === undefined ? {} : { changed: change }),
  });
  return leave(ran);
}

/** Once nobody is to hear of this process any more, nothing keeps it. */
function leave<T>(result: T): T {
  if (process.connected) process.disconnect();
  return result;
}

/** What changed; null where everything counts, as it does without a word. */
function firstMessage(stop: AbortController): Promise<readonly RepoPath[] | null> {
  return new Promise((resolve) => {
    process.once("disconnect", () => {
      stop.abort("SIGTERM");
      resolve(null);
    });
    process.on("message", (message) => {
      const read = ToCycle.safeParse(message);
      if (read.success && "stop" in read.data) stop.abort(read.data.stop);
      resolve(read.success && "changed" in read.data ? read.data.changed : null);
    });
  });
}

/** A file that is there or gone may make another project, and another file another one's. */
function makesProjects(changed: readonly RepoPath[], { config }: Opened): boolean {
  const globs = config.plugins.flatMap(({ spec }) => spec.discovery?.files ?? []);
  const isManifest = matcher(globs);
  return changed.some((path) => isManifest(path) || /(?:^|\/)\.git(?:ignore|attributes|modules)$/.test(path));
}

async function tellTasks(
  parsed: Parsed,
  context: CliContext,
  { opened, change }: { readonly opened: Opened; readonly change: KnownChange | undefined },
): Promise<Result<void, readonly Diagnostic[]>> {
  const request = runRequest(parsed, context, opened.config.settings);
  if (!request.ok) return request;
  const planned = plan(opened, { ...request.value, ...(change === undefined ? {} : { changed: change }) });
  if (!planned.ok) return planned;
  const { order } = planned.value.graph;
  const message: FromCycle = {
    isWhole: change === undefined,
    owned: order.flatMap((task) => asked(task, () => [...ownedPaths(task), ...scratchPaths(task)])),
    literal: order.flatMap((task) => asked(task, () => task.atom.inputs(task.context).literal ?? [])),
  };
  await new Promise((resolve) => process.send?.(message, undefined, undefined, resolve));
  return ok(undefined);
}

/** A hook that throws is told of when its task is looked up. */
function asked(task: Task, act: () => readonly RepoPath[]): readonly RepoPath[] {
  const paths = guarded(task.id, act);
  return paths.ok ? paths.value : [];
}
