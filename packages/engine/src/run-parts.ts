import type { Diagnostic } from "./core/diagnostic.ts";
import type { Emit } from "./core/event.ts";
import { fail, ok, type Result } from "./core/result.ts";
import type { Cache } from "./cache/cache.ts";
import { openCache } from "./cache/open-cache.ts";
import { beginJournal } from "./journal/begin-journal.ts";
import type { Journal } from "./journal/journal.ts";
import { pruneRuns } from "./journal/prune-runs.ts";
import { createRunRecord, type RunRecord } from "./journal/run-record.ts";
import { createExecutor, type Executor } from "./execute/executor.ts";
import { createEmitter } from "./report/emitter.ts";
import type { Reporter } from "./report/reporter.ts";
import { cacheDirectory, cacheLimits, type Opened } from "./open.ts";
import type { Plan } from "./plan.ts";
import type { RunRequest } from "./request.ts";

/** All that a run works with, from its plan to its last event. */
export interface RunParts {
  readonly opened: Opened;
  readonly request: RunRequest;
  readonly plan: Plan;
  readonly record: RunRecord;
  readonly emit: Emit;
  readonly reporters: readonly Reporter[];
  readonly cache: Cache;
  /** What was wrong with the cache when it was opened. */
  readonly problems: readonly Diagnostic[];
  readonly journal: Journal;
  readonly executor: Executor;
  /** When the run began, by the request's clock. */
  readonly begin: number;
}

/** Opens what a run works with. An error leaves nothing open. */
export function openParts(
  opened: Opened,
  request: RunRequest,
  { plan, begin }: Pick<RunParts, "plan" | "begin">,
): Result<RunParts, Diagnostic> {
  const record = createRunRecord(opened.repository.root, request.startedAt);
  if (!record.ok) return record;
  const { cache, problems } = openCache(cacheDirectory(opened, request.cacheDir), cacheLimits(opened));
  const journal = journalOf(plan, request, { record: record.value, cache });
  if (!journal.ok) {
    cache.close();
    return fail(journal.error);
  }
  const executor = createExecutor(request.concurrency);
  const reporters = request.reporters(record.value);
  const emit = createEmitter({ run: record.value.id, now: request.now, reporters });
  const made = { record: record.value, journal: journal.value, cache, problems, executor, reporters, emit };
  return ok({ opened, request, plan, begin, ...made });
}

/** Closes it, whatever became of the run, and keeps small what runs leave behind. */
export async function closeParts({ opened, request, executor, journal, reporters, cache }: RunParts): Promise<void> {
  await executor.close();
  journal.close();
  for (const reporter of reporters) reporter.close();
  for (const reporter of reporters) await reporter.finish?.();
  pruneRuns(opened.repository.root, request.startedAt.getTime());
  cache.pruneIfDue();
  cache.close();
}

/** Begins the journal; a run that goes on with another takes that one over. */
function journalOf(
  { graph }: Plan,
  { version, startedAt, asked, resume }: RunRequest,
  { record, cache }: Pick<RunParts, "record" | "cache">,
): Result<Journal, Diagnostic> {
  return beginJournal({
    record,
    engine: version,
    startedAt,
    asked: asked ?? null,
    tasks: () => graph.order.map(({ id }) => id),
    resumable: resume?.from,
    locks: cache.locks,
  });
}
