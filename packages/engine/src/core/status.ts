/**
 * How a task ended. `ok`: the tool finished, findings or not (cached). `failed`: a test or command failed (kept in the
 * history, never served). `broken`: crash, timeout, signal, output that cannot be parsed (never stored). `skipped`: not run.
 */
export type TaskStatus = "ok" | "failed" | "broken" | "skipped";

/** Where a result came from: served from the cache (or by the run that is resumed), made now, or made without a look at the cache. */
export type CacheState = "hit" | "miss" | "off";

/** What a gate says: `hold` means that a person must look, or that evidence is missing. */
export type Verdict = "pass" | "fail" | "hold";

/** The process's exit codes, all of them. */
export const EXIT = { passed: 0, failed: 1, usage: 2, interrupted: 130, terminated: 143 } as const;
