import type { Placed } from "../text/place.ts";
import { quoted } from "../text/plain-text.ts";
import type { Teller } from "../teller.ts";
import { meaningOf } from "../words/placeholder.ts";
import { kindOfState, type StateKind } from "../words/state.ts";
import type { Fields } from "./fields.ts";
import { readSingle } from "./single-value.ts";

/** The state as it is written, and what it means. */
export interface ReadState {
  readonly state: Placed<string> | undefined;
  readonly kind: StateKind;
}

/** The state of an issue. One that has none, or one that nobody knows, still runs. */
export function readState(fields: Fields, teller: Teller): ReadState {
  const [entry] = fields.get("state") ?? [];
  if (entry === undefined) return { state: undefined, kind: "open" };
  const { value, at } = readSingle(entry, "plain", teller);
  const kind = kindOfState(value);
  if (kind === undefined && meaningOf(value) === "nothing") return { state: undefined, kind: "open" };
  if (kind === undefined) {
    const hint = "write todo, in progress, in review, on hold, done or cancelled";
    teller.tell("unknownState", at, `${quoted(value)} is no state that is known here: the issue still runs`, hint);
  }
  return { state: { value, at }, kind: kind ?? "open" };
}
