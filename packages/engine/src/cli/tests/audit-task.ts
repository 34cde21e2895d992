import type { Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { taskFolder, type TaskId } from "../../core/task-id.ts";
import { knownParts } from "../../execute/known-parts.ts";
import { limitsOf } from "../../execute/limits.ts";
import { isKept } from "../../execute/look-up-task.ts";
import { makeJob } from "../../execute/make-job.ts";
import type { Prepared } from "../../execute/prepare.ts";
import type { RunnerHost } from "../../execute/runner-host.ts";
import { storeParts } from "../../execute/store-parts.ts";
import { takeTurn } from "../../execute/take-turn.ts";
import { partBase, partKeys } from "../../fingerprint/part-base.ts";
import type { Task } from "../../graph/task.ts";
import type { Outcome } from "../../plugin/atom.ts";
import { compareRuns, type Difference } from "./compare-runs.ts";
import { draw } from "./draw.ts";
import { readSelection, type TaskSelection } from "./selection.ts";

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
  /** Why nothing can be said of it. */
  readonly unaudited?: string;
}

/** How much is drawn, and by what. */
export interface Sample {
  readonly count: number;
  readonly seed: string;
}

/** Runs a task with all that is known of its parts, then without what is known of some that it left out, and compares. */
export async function auditTask(task: Task, prepared: Prepared, sample: Sample, host: RunnerHost): Promise<Audited> {
  if (!isKept(task, prepared)) return { task: task.id, served: 0, sample: [], differences: [], dropped: false };
  // Its folder is its own meanwhile; what is kept of the whole task is not asked.
  const turn = await takeTurn(task, { prepared, missed: "" }, { ...host, cacheMode: "off" });
  if ("settled" in turn) return unaudited(task, turn.settled.reason ?? "");
  try {
    return await auditAlone(task, prepared, sample, host);
  } finally {
    turn.release();
  }
}

async function auditAlone(task: Task, prepared: Prepared, { count, seed }: Sample, host: RunnerHost): Promise<Audited> {
  const first = await runOnce(task, prepared, host);
  if (!first.ok) return unaudited(task, first.error.message);
  const { parts = [] } = first.value.outcome;
  storeParts(
    { ...{ task, prepared, parts, at: Date.now() }, ...{ engine: host.engine, redactor: host.redactor } },
    host.cache,
  );
  const served = Object.entries(first.value.selection.files).flatMap(([name, { decision }]) =>
    decision === "served" ? [name] : [],
  );
  const sample = draw(served, count, seed);
  const told = { task: task.id, served: served.length, sample, differences: [], dropped: false };
  if (sample.length === 0) return told;
  const second = await runOnce(task, prepared, host, new Set(sample));
  if (!second.ok) return { ...told, unaudited: second.error.message };
  const differences = compareRuns({
    ...{ root: task.project.root, sample, decisions: second.value.selection.files },
    ...{ first: first.value.outcome, second: second.value.outcome },
  });
  return {
    ...told,
    differences,
    dropped: differences.length > 0 && drop(task, prepared, { sample, differences }, host),
  };
}

interface Ran {
  readonly outcome: Outcome;
  readonly selection: TaskSelection;
}

type Failed = Pick<Diagnostic, "message">;

async function runOnce(
  task: Task,
  prepared: Prepared,
  host: RunnerHost,
  toRun?: ReadonlySet<string>,
): Promise<Result<Ran, Failed>> {
  const limits = limitsOf(task, host.timeoutMs);
  if (!limits.ok) return limits;
  const known = knownParts(task, prepared, host, toRun);
  if (!known.ok) return known;
  const { timeoutMs } = limits.value;
  const result = await host.executor.execute(makeJob(task, prepared, host, known.value), {
    timeoutMs,
    line: () => undefined,
  });
  if (result.kind === "broken") return fail({ message: result.reason });
  const paths = prepared.fingerprint.paths();
  const [changed] = [...host.digests.verify(paths), ...host.late.added(prepared.sets, paths)];
  if (changed !== undefined) return fail({ message: `${changed} changed meanwhile` });
  const selection = readSelection(host.root, task.id, taskFolder(task.id));
  if (!selection.ok) return selection;
  if (selection.value === undefined) return fail({ message: "its process does not say what it left out" });
  return ok({ outcome: result.outcome, selection: selection.value });
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
