import type { Diagnostic } from "@symbiotic-build/engine";
import { found } from "../checks.ts";
import { quoted } from "../text/plain-text.ts";
import { locationIn } from "../text/place.ts";
import type { Edge } from "./edge.ts";
import { isAbandoned, isDone } from "./is-done.ts";

/** Tells of issues that waited for one that nobody will do: it blocks no more, and what was hoped for is not there. */
export function tellAbandoned(edges: readonly Edge[]): Diagnostic[] {
  return edges
    .filter(({ before, after }) => isAbandoned(before) && !isDone(after))
    .map(({ before, after, said: [{ by, at }] }) => {
      const how = before.stateKind === "cancelled" ? "is cancelled" : "was put into the archive before it was done";
      return found(
        "abandonedBlocker",
        `${quoted(before.id.value)}, which blocked ${quoted(after.id.value)}, ${how}: it blocks no more`,
        {
          location: locationIn(by.path, at),
          hint: `see whether ${after.id.value} can do without it, and leave it out here`,
        },
      );
    });
}
