import type { Placed } from "../text/place.ts";
import { quoted } from "../text/plain-text.ts";
import type { Teller } from "../teller.ts";
import { meaningOf } from "../words/placeholder.ts";
import { NO_PRIORITY, rankOfPriority } from "../words/priority.ts";
import type { Fields } from "./fields.ts";
import { readSingle } from "./single-value.ts";

/** The priority as it is written, and its rank. */
export interface ReadPriority {
  readonly priority: Placed<string> | undefined;
  readonly rank: number;
}

/** The priority of an issue; one that nobody knows counts as none. */
export function readPriority(fields: Fields, teller: Teller): ReadPriority {
  const [entry] = fields.get("priority") ?? [];
  if (entry === undefined) return { priority: undefined, rank: NO_PRIORITY };
  const { value, at } = readSingle(entry, "plain", teller);
  const rank = rankOfPriority(value);
  if (rank === undefined && meaningOf(value) !== "value") return { priority: undefined, rank: NO_PRIORITY };
  if (rank === undefined) {
    const hint = "write urgent, high, medium, low or none, P0 to P4, or a number";
    teller.tell("unknownPriority", at, `${quoted(value)} is no priority that is known here`, hint);
  }
  return { priority: { value, at }, rank: rank ?? NO_PRIORITY };
}
