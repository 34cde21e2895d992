import type { TaskFinished } from "../core/event.ts";
import type { TaskId } from "../core/task-id.ts";
import { count, formatDuration } from "./numbers.ts";

/** A task that was served from the cache. */
export interface Hit {
  readonly task: TaskId;
  readonly finished: TaskFinished;
}

/** Hits to print line by line, and a line for the others. */
export interface Hits {
  readonly single: readonly Hit[];
  readonly rest: string | undefined;
}

/**
 * Holds hits back until something else is printed: there may be nothing else. Too many for a line each wait until all
 * tasks have ended and are then one line, so that what ran does not scroll away; those that have something to tell keep
 * a line of their own.
 */
export class HeldHits {
  #held: Hit[] = [];
  #room: number;
  #hasTaken = false;

  /** At most so many hits in the whole run have a line of their own. */
  constructor(most: number) {
    this.#room = most;
  }

  add(hit: Hit): void {
    this.#held.push(hit);
  }

  /** Those that can have a line each, in the order in which they came; none while there are too many. */
  takeFew(): readonly Hit[] {
    if (this.#held.length > this.#room) return [];
    const held = this.#held;
    this.#held = [];
    this.#room -= held.length;
    this.#hasTaken ||= held.length > 0;
    return held;
  }

  /** All that are still held. */
  takeAll(tells: (task: TaskId) => boolean): Hits {
    const few = this.takeFew();
    if (this.#held.length === 0) return { single: few, rest: undefined };
    const single = this.#held.filter(({ task }) => tells(task)).slice(0, this.#room);
    const rest = restLine(this.#held, single, this.#hasTaken);
    this.#held = [];
    return { single, rest };
  }
}

function restLine(held: readonly Hit[], single: readonly Hit[], isMore: boolean): string {
  const saved = sum(held) - sum(single);
  const noun = isMore || single.length > 0 ? "more task" : "task";
  return `${count(held.length - single.length, noun)} cached${saved > 0 ? ` (${formatDuration(saved)} saved)` : ""}`;
}

function sum(hits: readonly Hit[]): number {
  return hits.reduce((total, { finished }) => total + finished.savedMs, 0);
}
