import type { Task } from "../graph/task.ts";
import { keptFingerprint } from "./kept-fingerprint.ts";
import type { Prepared } from "./prepare.ts";
import type { RunnerHost } from "./runner-host.ts";

/** How a task ended, for the history. */
export interface Remembered {
  readonly status: "ok" | "failed" | "broken";
  /** Of the last attempt. */
  readonly durationMs: number;
  readonly attempts: number;
  readonly isFlaky: boolean;
  /** Whether the cache holds its fingerprint already. */
  readonly isStored: boolean;
}

/** The history is for people: `why`, durations, flakes. Its fingerprint is kept with it. */
export function remember(
  task: Task,
  { fingerprint }: Prepared,
  { status, durationMs, attempts, isFlaky, isStored }: Remembered,
  host: Pick<RunnerHost, "cache" | "cacheMode" | "redactor" | "runId">,
): void {
  if (host.cacheMode === "off") return;
  const { digest, texts } = keptFingerprint(fingerprint, host.redactor);
  if (!isStored) for (const text of texts()) host.cache.putBlob(Buffer.from(text));
  host.cache.history.append({
    task: task.id,
    key: fingerprint.key,
    fingerprintDigest: digest,
    status,
    durationMs,
    at: Date.now(),
    run: host.runId,
    ...(attempts > 1 ? { attempts } : {}),
    ...(isFlaky ? { flaky: true } : {}),
  });
}
