import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { canonicalJson } from "../core/json.ts";
import type { TaskId } from "../core/task-id.ts";
import { sha256 } from "../fingerprint/digest.ts";
import type { Task } from "../graph/task.ts";
import { guarded } from "../plugin/guarded.ts";
import type { Miss } from "./look-up-task.ts";
import type { RunnerHost } from "./runner-host.ts";
import { brokenResult, NOTHING, settledOf, type TaskResult } from "./task-result.ts";

/** Runs a task that an agent does. It is told as cached only where a pinned change was applied again. */
export async function runEdit(task: Task, { prepared, missed }: Miss, host: RunnerHost): Promise<TaskResult> {
  const { atom, context, id } = task;
  if (!("ask" in atom)) throw new Error(`${id} asks nobody`);
  const before = task.dependsOn.flatMap((each) => {
    const result = host.results.get(each);
    return result === undefined ? [] : [settledOf(result)];
  });
  const ask = guarded(`${id}: ask`, () => atom.ask(context, before));
  if (!ask.ok) return brokenResult(task, ask.error.message, [ask.error]);
  if (host.edit === undefined) return brokenBy(task, [nobody(id)]);
  const started = host.now();
  host.emit({ type: "task-started" }, id);
  const line = (text: string): void => {
    host.emit({ type: "task-output", stream: "stdout", line: text }, id);
  };
  const mayReplay = host.cacheMode === "on";
  const done = await host.edit({ id, run: host.runId, ask: ask.value, key: prepared.fingerprint.key, mayReplay, line });
  const durationMs = host.now() - started;
  if ("problems" in done) return { ...brokenBy(task, done.problems), durationMs };
  const { status, summary, files, isReplay, metrics, diagnostics } = done.edited;
  // What an interruption made of it says nothing of it.
  if (status === "failed" && host.signal.aborted) return { ...brokenBy(task, diagnostics), durationMs };
  // Whoever comes after it looks at what is there now.
  host.digests.refresh(files);
  const evidence = { tool: task.plugin.name, metrics };
  return {
    ...{ task, status, summary, durationMs, savedMs: 0, evidence, advisory: false },
    cache: isReplay ? "hit" : host.cacheMode === "off" ? "off" : "miss",
    produced: { ...NOTHING, evidence: sha256(canonicalJson(evidence)) },
    ...(isReplay ? {} : { missed }),
    ...(status === "ok" ? {} : { reason: summary }),
    ...(diagnostics.length === 0 ? {} : { diagnostics }),
  };
}

function brokenBy(task: Task, problems: readonly Diagnostic[]): TaskResult {
  return brokenResult(task, problems[0]?.message ?? "nobody could be asked", problems);
}

function nobody(id: TaskId): Diagnostic {
  return errorOf("SYM4023", `${id} asks an agent, and nothing here does`, {
    hint: "`symbiotic run` asks agents; checks of their changes do not",
  });
}
