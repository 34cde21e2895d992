import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { errorOf, type Diagnostic } from "../../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../../core/result.ts";
import { isPartRecord, type CacheRecord } from "../../../cache/record.ts";
import type { Digest } from "../../../fingerprint/files/hash-file.ts";
import { SUMMARY_FILE } from "../../../journal/run-folders.ts";
import { readJournal } from "../../../journal/read-journal.ts";

/** What a run's summary tells of the records that it used. */
export interface UsedBy {
  readonly startedAt: string;
  readonly durationMs: number;
  readonly tasks: readonly UsedTask[];
}

/** A task of a run. */
interface UsedTask {
  readonly id: string;
  readonly status: string | null;
  readonly cache: string | null;
  /** How long it took when its record was made, to the millisecond; 0 unless it was a hit. */
  readonly savedMs: number;
  /** The key that it ran under; known only of one that ran. */
  readonly key?: Digest;
}

const schema: z.ZodType<UsedBy> = z.object({
  startedAt: z.iso.datetime(),
  durationMs: z.number(),
  tasks: z.array(
    z.object({ id: z.string(), status: z.string().nullable(), cache: z.string().nullable(), savedMs: z.number() }),
  ),
});

/** Reads the summary in a run's folder. */
export function readUsedBy({
  id,
  directory,
}: {
  readonly id: string;
  readonly directory: string;
}): Result<UsedBy, Diagnostic> {
  try {
    const used = schema.parse(JSON.parse(readFileSync(join(directory, SUMMARY_FILE), "utf8")));
    const ended = readJournal(directory)?.tasks;
    const keyOf = (task: UsedTask): Digest | undefined => (task.cache === "hit" ? undefined : ended?.get(task.id)?.key);
    return ok({ ...used, tasks: used.tasks.map((task) => withKey(task, keyOf(task))) });
  } catch {
    return fail(
      errorOf("SYM6039", `what the run ${id} used is not known: it left no summary that can be read`, {
        hint: "it was ended before its time, or goes on; export after a run that came to its end",
      }),
    );
  }
}

/**
 * The records that these runs made or were served. `records` are sorted, oldest first. A summary names no keys, so of a
 * task's records those are taken that fit what it says, and the newest one where none does; with those of its parts.
 */
export function usedRecords(runs: readonly UsedBy[], records: readonly CacheRecord[]): readonly CacheRecord[] {
  const byTask = Map.groupBy(
    records.filter((record) => !isPartRecord(record)),
    ({ task }) => task,
  );
  const parts = Map.groupBy(records.filter(isPartRecord), ({ task }) => task);
  const used = runs.flatMap((run) =>
    run.tasks
      .filter(({ status }) => status === "ok")
      .flatMap((task) => {
        const all = byTask.get(task.id) ?? [];
        const fitting = all.filter((record) => fits(record, task, run));
        return fitting.length > 0 ? fitting : all.slice(-1);
      }),
  );
  const ofParts = runs.flatMap((run) => run.tasks.flatMap(({ id }) => usedParts(parts.get(id) ?? [], run)));
  const chosen = new Set([...used, ...ofParts]);
  return records.filter((record) => chosen.has(record));
}

/** Of each part the newest record: a run keeps those that it was served, too, as the newest. Those that stand on something else than the last one are of other runs. */
function usedParts(records: readonly CacheRecord[], { startedAt, durationMs }: UsedBy): readonly CacheRecord[] {
  const end = Date.parse(startedAt) + durationMs + SLACK_MS;
  const before = records.filter(({ storedAt }) => storedAt <= end);
  const last = before.at(-1);
  const same = before.filter(({ fingerprint }) => fingerprint === last?.fingerprint);
  return [...new Map(same.map((record) => [record.key, record])).values()];
}

/** How long before its first event a run may have begun. */
const SLACK_MS = 2000;

function fits(record: CacheRecord, { key, cache, savedMs }: UsedTask, { startedAt, durationMs }: UsedBy): boolean {
  if (key !== undefined) return record.key === key;
  const begin = Date.parse(startedAt);
  if (record.storedAt > begin + durationMs + SLACK_MS) return false;
  return cache === "hit" ? Math.round(record.durationMs) === savedMs : record.storedAt >= begin;
}

function withKey(task: UsedTask, key: Digest | undefined): UsedTask {
  return key === undefined ? task : { ...task, key };
}
