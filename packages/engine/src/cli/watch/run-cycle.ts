import { relative, sep } from "node:path";
import { CONFIG_PLACES } from "../../config/find.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import { ok, type Result } from "../../core/result.ts";
import { guarded } from "../../plugin/guarded.ts";
import { ownedPaths, scratchPaths } from "../../graph/ownership.ts";
import { inputSets } from "../../graph/inputs.ts";
import type { Task } from "../../graph/task.ts";
import { plan } from "../../plan.ts";
import type { Opened } from "../../open.ts";
import { matcher } from "../../workspace/match.ts";
import type { CliContext, CliOutput } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { openWorkspace } from "../open-workspace.ts";
import { runOpened } from "../run-opened.ts";
import { runRequest } from "../run-request.ts";
import { ToCycle, type FromCycle } from "./cycle-message.ts";

type Output = Promise<Result<CliOutput, readonly Diagnostic[]>>;

/** One run of `watch`, in the process that `watch` started for it: what changed comes by message, and so does the end. */
export async function runCycle(parsed: Parsed, context: CliContext): Output {
  const stop = new AbortController();
  try {
    const changed = await firstMessage(stop);
    const signal = AbortSignal.any([context.signal, stop.signal]);
    return await runChanged(changed, parsed, { ...context, signal });
  } finally {
    // Nobody is to hear of this process any more, and nothing else keeps it.
    if (process.connected) process.disconnect();
  }
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

async function runChanged(changed: readonly RepoPath[] | null, parsed: Parsed, context: CliContext): Output {
  const opened = await openWorkspace(parsed, context);
  if (!opened.ok) return opened;
  const told = await tellTasks(parsed, context, opened.value);
  if (!told.ok) return told;
  const known = changed === null || isSweeping(changed, opened.value) ? {} : { changed: { named: changed } };
  return runOpened({ opened: opened.value, parsed, context, ...known });
}

const GIT_FILES = /(?:^|\/)\.git(?:ignore|attributes|modules)$/;

/** Whether a change may make other projects, other tasks or other files than there were: nothing is known of those before. */
function isSweeping(changed: readonly RepoPath[], opened: Opened): boolean {
  const isManifest = matcher(opened.config.plugins.flatMap(({ spec }) => spec.discovery?.files ?? []));
  const config = new Set([...CONFIG_PLACES, ...configSources(opened)]);
  return changed.some((path) => isManifest(path) || GIT_FILES.test(path) || config.has(path));
}

function configSources({ config, repository }: Opened): readonly RepoPath[] {
  const paths = config.sources.map((file) => relative(repository.root, file).split(sep).join("/"));
  return paths.filter((path) => !path.startsWith("../"));
}

async function tellTasks(
  parsed: Parsed,
  context: CliContext,
  opened: Opened,
): Promise<Result<void, readonly Diagnostic[]>> {
  const request = runRequest(parsed, context, opened.config.settings);
  const planned = request.ok ? plan(opened, request.value) : request;
  if (!planned.ok) return planned;
  const { order } = planned.value.graph;
  const named = order.flatMap((task) =>
    asked(task, () => inputSets(task, opened.workspace).flatMap((set) => (set.optional ? set.paths() : []))),
  );
  const message: FromCycle = {
    owned: order.flatMap((task) => asked(task, () => [...ownedPaths(task), ...scratchPaths(task)])),
    literal: [...new Set([...named, ...configSources(opened)])],
    seen: opened.files.map(({ path }) => path),
  };
  await new Promise((resolve) => process.send?.(message, undefined, undefined, resolve));
  return ok(undefined);
}

/** A hook that throws is told of when its task is looked up. */
function asked(task: Task, act: () => readonly RepoPath[]): readonly RepoPath[] {
  const paths = guarded(task.id, act);
  return paths.ok ? paths.value : [];
}
