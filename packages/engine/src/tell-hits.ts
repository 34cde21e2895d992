import type { Emit, RunEvent, RunFinished } from "./core/event.ts";
import type { Evidence } from "./core/evidence.ts";
import { canonicalJson } from "./core/json.ts";
import { ok } from "./core/result.ts";
import type { TaskId } from "./core/task-id.ts";
import { emitResult } from "./execute/emit-result.ts";
import { asHit, type LookupHost } from "./execute/look-up-task.ts";
import { runFinished } from "./execute/run-finished.ts";
import type { TaskResult } from "./execute/task-result.ts";
import type { KeptEvents } from "./snapshot/snapshot.ts";
import { announce } from "./announce.ts";
import { gatesOver } from "./gates-over.ts";
import type { Opened } from "./open.ts";
import type { Plan } from "./plan.ts";
import type { RunRequest } from "./request.ts";

/** A run whose tasks have all settled. */
export interface SettledRun {
  readonly opened: Opened;
  readonly request: RunRequest;
  readonly plan: Plan;
  readonly results: readonly TaskResult[];
  readonly host: LookupHost;
}

/** What a run tells between its first event and its last, and what of the last does not depend on when it was. */
export interface Told {
  readonly events: KeptEvents;
  readonly finished: Omit<RunFinished, "durationMs" | "directory" | "type">;
}

/** The results as the next run will have them, in the order in which it will; undefined where not all of them will be hits. */
export function hitsOf({ plan, results }: SettledRun): readonly TaskResult[] | undefined {
  const byId = new Map(results.map((result) => [result.task.id, result]));
  const hits = plan.graph.order.map(({ id }) => {
    const result = byId.get(id);
    if (result?.status === "skipped") return result.skippedBy === "stop" ? undefined : result;
    const hit = result && asHit(asRead(result));
    return hit?.record?.found.length === 0 ? hit : undefined;
  });
  return hits.every((hit) => hit !== undefined) ? hits : undefined;
}

/** Evidence that was made now has its members in another order than what is read from the cache. */
function asRead(result: TaskResult): TaskResult {
  const { cache, evidence } = result;
  if (cache === "hit" || evidence === undefined) return result;
  return { ...result, evidence: JSON.parse(canonicalJson(evidence)) as Evidence };
}

/** Tells a run with these hits for results. */
export function tellHits(hits: readonly TaskResult[], { opened, request, plan, host }: SettledRun): Told {
  const events: [RunEvent, TaskId | null][] = [];
  const collect: Emit = (event, task) => void events.push([event, task ?? null]);
  announce(collect, opened, { plan, request });
  for (const hit of hits)
    emitResult(hit, collect, { texts: opened.texts, redactor: host.redactor, judge: opened.judge });
  const { gates } = opened.index;
  const decided = gatesOver(hits, opened);
  for (const gate of decided) collect(gate);
  const { signal } = request;
  const ended = { results: hits, gates, decided, folder: "", signal, nothing: "", durationMs: 0 };
  const last = runFinished({ ...ended, audit: ok(undefined) });
  const { exitCode, savedMs, tasks } = last;
  // The first event says when the run began.
  return { events: events.slice(1), finished: { exitCode, savedMs, tasks } };
}
