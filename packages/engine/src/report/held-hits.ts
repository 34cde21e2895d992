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
 * Holds hits back until something else is printed: there may be nothing else. Many are one line, so that what ran does
 * not scroll away; those that have something to tell are then the ones with a line of their own.
 */
export class HeldHits {
  #held: Hit[] = [];
  #room: number;

  /** At most so many hits in the whole run have a line of their own. */
  constructor(most: number) {
    this.#room = most;
  }

  add(hit: Hit): void {
    this.#held.push(hit);
  }

  /** What was held, in the order in which it came; nothing is held any more. */
  take(tells: (task: TaskId) => boolean): Hits {
    const held = this.#held;
    this.#held = [];
    if (held.length <= this.#room) {
      this.#room -= held.length;
      return { single: held, rest: undefined };
    }
    const telling = held.filter(({ task }) => tells(task)).slice(0, this.#room);
    this.#room -= telling.length;
    return { single: telling, rest: restLine(held, telling) };
  }
}

function restLine(held: readonly Hit[], telling: readonly Hit[]): string {
  const rest = held.length - telling.length;
  const saved = sum(held) - sum(telling);
  const more = telling.length > 0 ? " more" : "";
  return `${count(rest, "task").replace(" ", `${more} `)} cached${saved > 0 ? ` (${formatDuration(saved)} saved)` : ""}`;
}

function sum(hits: readonly Hit[]): number {
  return hits.reduce((total, { finished }) => total + finished.savedMs, 0);
}
