import { warningOf, type Diagnostic } from "../core/diagnostic.ts";
import { placedText } from "../core/portable-text.ts";
import type { TaskId } from "../core/task-id.ts";
import type { History } from "../cache/history.ts";
import type { Digest } from "../fingerprint/record.ts";
import type { FailedAttempt } from "./attempt.ts";

/** A task that has just ended well. */
export interface Passed {
  readonly task: TaskId;
  readonly key: Digest;
  /** The attempts before the one that ended well. */
  readonly before: readonly FailedAttempt[];
}

/**
 * That a task is flaky: it ended well, and on the same inputs it did not, in an attempt before or in an earlier run.
 * Earlier runs that broke do not count: a longer timeout or a freed disk mends those. Undefined for one that is not.
 */
export function flakyNote({ task, key, before }: Passed, history: Pick<History, "of">): Diagnostic | undefined {
  const entries = history.of(task);
  const failed = entries.findLast((entry) => entry.key === key && entry.status === "failed");
  if (before.length === 0 && failed === undefined) return undefined;
  const why =
    before.length > 0
      ? `it passed on attempt ${String(before.length + 1)}`
      : `on the same inputs it failed in ${failed?.run ?? ""} and passes now`;
  const flakes = entries.filter(({ flaky }) => flaky === true).length;
  return warningOf("SYM4020", `${task} is flaky: ${why}`, {
    notes: [
      ...before.map(({ attempt, reason, log }) => `attempt ${String(attempt)}: ${placedText(reason)} (${log})`),
      ...(flakes > 0 ? [`flaky ${String(flakes)} times before in its last ${String(entries.length)} runs`] : []),
    ],
    hint: "its result is kept; look for what it depends on beside its inputs: time, order, network, another task's files",
  });
}
