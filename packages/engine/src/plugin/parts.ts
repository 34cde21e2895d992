import type { JsonValue } from "../core/json.ts";

/** What is worth remembering of one part of a task that ran. The engine keeps it as it is, redacted like evidence, and looks into nothing. */
export interface PartRecord {
  /** One of those that `names` gave. */
  readonly name: string;
  readonly record: JsonValue;
}

/** How many parts of a task were left out, as records stood for them, and how many ran. */
export interface ServedParts {
  readonly served: number;
  readonly ran: number;
  /** What a part is called, of many: `files`. */
  readonly what: string;
}

/** The most records of one part that may be asked for: the cache keeps no more of a key. */
export const MOST_OF_A_PART = 16;
/** How many are asked for where it is not said. */
export const OF_A_PART = 4;
