import type { TaskId } from "../../core/task-id.ts";
import { isKept } from "../../execute/look-up-task.ts";
import type { Prepared } from "../../execute/prepare.ts";
import type { RunnerHost } from "../../execute/runner-host.ts";
import { storeParts } from "../../execute/store-parts.ts";
import { takeTurn } from "../../execute/take-turn.ts";
import { partBase, partKeys } from "../../fingerprint/part-base.ts";
import type { Task } from "../../graph/task.ts";
import { compareRuns, compareTogether, type Difference } from "./compare-runs.ts";
import { draw } from "./draw.ts";
import { type Ran, runOnce } from "./run-once.ts";

/** What an audit found of one task. */
export interface Audited {
  readonly task: TaskId;
  /** How many parts would be left out. */
  readonly served: number;
  /** Those of them that ran. */
  readonly sample: readonly string[];
  readonly differences: readonly Difference[];
  /** Whether what is kept of parts that differ is gone. */
  readonly dropped: boolean;
  /** Present where all of it ran together: how many tests that were, and why no part runs by itself, where that is so already. */
  readonly together?: { readonly tests: number; readonly already?: string };
  /** Why nothing can be said of it. */
  readonly unaudited?: string;
}

/** How much is drawn, and by what. */
export interface Sample {
  readonly count: number;
  readonly seed: string;
}

/** What is run beside what would run: some of what is left out, or all of it together. */
export type Beside = Sample | "together";

/** Runs a task with all that is known of its parts, then without what is known of some that it left out or all of it together, and compares. */
export async function auditTask(task: Task, prepared: Prepared, beside: Beside, host: RunnerHost): Promise<Audited> {
  if (!isKept(task, prepared)) return { task: task.id, served: 0, sample: [], differences: [], dropped: false };
  // Its folder is its own meanwhile; what is kept of the whole task is not asked.
  const turn = await takeTurn(task, { prepared, missed: "" }, { ...host, cacheMode: "off" });
  if ("settled" in turn) return unaudited(task, turn.settled.reason ?? "");
  try {
    const first = await runOnce(task, prepared, host);
    if (!first.ok) return unaudited(task, first.error.message);
    keep(task, prepared, first.value, host);
    const audited = { task, prepared, first: first.value };
    return beside === "together" ? await auditTogether(audited, host) : await auditSample(audited, beside, host);
  } finally {
    turn.release();
  }
}

/** A task that ran with all that is known of its parts. */
interface RanOnce {
  readonly task: Task;
  readonly prepared: Prepared;
  readonly first: Ran;
}

async function auditSample(
  { task, prepared, first }: RanOnce,
  { count, seed }: Sample,
  host: RunnerHost,
): Promise<Audited> {
  const served = Object.entries(first.selection.files).flatMap(([name, { decision }]) =>
    decision === "served" ? [name] : [],
  );
  const sample = draw(served, count, seed);
  const told = { task: task.id, served: served.length, sample, differences: [], dropped: false };
  if (sample.length === 0) return told;
  const second = await runOnce(task, prepared, host, { toRun: new Set(sample) });
  if (!second.ok) return { ...told, unaudited: second.error.message };
  const differences = compareRuns({
    ...{ root: task.project.root, sample, decisions: second.value.selection.files },
    ...{ first: first.outcome, second: second.value.outcome },
  });
  return {
    ...told,
    differences,
    dropped: differences.length > 0 && drop(task, prepared, { sample, differences }, host),
  };
}

/** Its process keeps for itself which parts have to run together from now on; what is kept of the whole task says otherwise. */
async function auditTogether({ task, prepared, first }: RanOnce, host: RunnerHost): Promise<Audited> {
  const second = await runOnce(task, prepared, host, { together: true });
  if (!second.ok) return unaudited(task, second.error.message);
  const { outcome, selection } = second.value;
  if (typeof selection.whole !== "string") return unaudited(task, "its process does not run all of it together");
  keep(task, prepared, second.value, host);
  const already = first.selection.whole ?? undefined;
  const differences = already === undefined ? compareTogether(task.project.root, first.outcome, outcome) : [];
  const together = { tests: outcome.evidence.tests?.length ?? 0, ...(already === undefined ? {} : { already }) };
  const { key } = prepared.fingerprint;
  const dropped = differences.length > 0 && host.cache.drop(host.cache.candidates(key));
  return { task: task.id, served: 0, sample: [], differences, dropped, together };
}

function keep(task: Task, prepared: Prepared, { outcome: { parts = [] } }: Ran, host: RunnerHost): void {
  const { engine, redactor, cache } = host;
  storeParts({ task, prepared, parts, at: Date.now(), engine, redactor }, cache);
}

/** Takes away what is kept of the parts that differ, and what is kept of the task, which may have been made with it. */
function drop(
  task: Task,
  prepared: Prepared,
  { sample, differences }: Pick<Audited, "sample" | "differences">,
  { cache }: RunnerHost,
): boolean {
  const keyOf = partKeys(partBase(prepared.fingerprint.record, task));
  const parts = differences.some(({ part }) => part === null) ? sample : differences.flatMap(({ part }) => part ?? []);
  const keys = [prepared.fingerprint.key, ...new Set(parts.map(keyOf))];
  return cache.drop(keys.flatMap((key) => cache.candidates(key)));
}

function unaudited(task: Task, why: string): Audited {
  return { task: task.id, served: 0, sample: [], differences: [], dropped: false, unaudited: why };
}
