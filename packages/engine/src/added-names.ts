import { atomsOf } from "./graph/selection.ts";
import type { Opened } from "./open.ts";

/** The atoms and targets that intents add and that some plugin offers, in their order. */
export function addedNames({ intents, index }: Pick<Opened, "intents" | "index">): readonly string[] {
  return intents.flatMap(({ add }) => add).filter((name) => atomsOf(name, index) !== undefined);
}
