import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { errorOf, type Diagnostic } from "../../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../../core/result.ts";
import type { CacheRecord } from "../../../cache/record.ts";

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
    return ok(schema.parse(JSON.parse(readFileSync(join(directory, "summary.json"), "utf8"))));
  } catch {
    return fail(
      errorOf("SYM6039", `what the run ${id} used is not known: it left no summary that can be read`, {
        hint: "it was ended before its time, or goes on; export after a run that came to its end",
      }),
    );
  }
}

/** How far the clock of a run and that of its records may lie apart. */
const SLACK_MS = 2000;

/**
 * The records that these runs made or were served. `records` are sorted, oldest first. A summary names no keys, so of a
 * task's records those are taken that fit what it says, and the newest one where none does.
 */
export function usedRecords(runs: readonly UsedBy[], records: readonly CacheRecord[]): readonly CacheRecord[] {
  const byTask = Map.groupBy(records, ({ task }) => task);
  const used = runs.flatMap((run) =>
    run.tasks
      .filter(({ status }) => status === "ok")
      .flatMap((task) => {
        const all = byTask.get(task.id) ?? [];
        const fitting = all.filter((record) => (task.cache === "hit" ? fitsHit(record, task) : fitsRun(record, run)));
        return fitting.length > 0 ? fitting : all.slice(-1);
      }),
  );
  const chosen = new Set(used);
  return records.filter((record) => chosen.has(record));
}

function fitsHit({ durationMs }: CacheRecord, { savedMs }: UsedTask): boolean {
  return Math.round(durationMs) === savedMs;
}

function fitsRun({ storedAt }: CacheRecord, { startedAt, durationMs }: UsedBy): boolean {
  const begin = Date.parse(startedAt);
  return storedAt >= begin - SLACK_MS && storedAt <= begin + durationMs + SLACK_MS;
}
