import type { Emit, Envelope, RunEvent } from "../core/event.ts";
import type { TaskId } from "../core/task-id.ts";
import type { Reporter } from "./reporter.ts";

/** What an emitter needs. */
export interface EmitterSettings {
  /** The run's id. */
  readonly run: string;
  /** A clock in milliseconds that never goes back; only differences count. */
  readonly now: () => number;
  /** Each gets every event, in this order. */
  readonly reporters: readonly Reporter[];
}

/** Starts a run's event stream: stamps each event with the run, a number without gaps, and whole milliseconds since this call. */
export function createEmitter({ run, now, reporters }: EmitterSettings): Emit {
  const start = now();
  let seq = 0;
  return (event: RunEvent, task?: TaskId): void => {
    const stamp = { v: 1, run, seq, t: Math.max(0, Math.round(now() - start)) } as const;
    const envelope: Envelope = task === undefined ? { ...stamp, event } : { ...stamp, task, event };
    seq += 1;
    for (const reporter of reporters) reporter.handle(envelope);
  };
}
