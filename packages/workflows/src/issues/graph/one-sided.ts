import type { Diagnostic } from "@symbiotic-build/engine";
import { found } from "../checks.ts";
import type { Issue } from "../issue.ts";
import { quoted } from "../text/plain-text.ts";
import { locationIn } from "../text/place.ts";
import type { Edge, Statement } from "./edge.ts";
import { namesBefore } from "./edges-of.ts";

/** An edge that one of its two documents does not know of. */
export interface OneSided {
  /** The document that should say it, too, and the field in which. */
  readonly missingIn: Issue;
  readonly field: "blocked_by" | "blocking";
  /** What it should name. */
  readonly other: Issue;
  /** Where the other one says it. */
  readonly said: Statement;
}

/**
 * The edges that only one side states. An issue that blocks another must be named there. The other way round it is asked only of
 * documents that list what they block at all; nothing answers to `depends_on`. What lies in the archive is left in peace.
 */
export function oneSidedOf(edges: readonly Edge[]): OneSided[] {
  return edges.flatMap(({ before, after, said }): OneSided[] => {
    if (before.isArchived || after.isArchived) return [];
    const [first] = said;
    if (!said.some(({ field }) => namesBefore(field))) {
      return [{ missingIn: after, field: "blocked_by", other: before, said: first }];
    }
    const own = said.find(({ field }) => field === "blocked_by");
    if (own === undefined || !before.listsBlocking || said.some(({ field }) => !namesBefore(field))) return [];
    return [{ missingIn: before, field: "blocking", other: after, said: own }];
  });
}

/** Tells of an edge that only one side states. */
export function tellOneSided({ missingIn, field, other, said }: OneSided): Diagnostic {
  const [own, its] = [quoted(other.id.value), quoted(missingIn.id.value)];
  const says = field === "blocked_by" ? `${own} blocks ${its}` : `${own} is blocked by ${its}`;
  const lacks =
    field === "blocked_by" ? `${its} does not say that it is blocked by ${own}` : `${its} does not list ${own}`;
  return found("oneSided", `${says}, and ${lacks}`, {
    location: locationIn(said.by.path, said.at),
    hint: `add ${other.id.value} to \`${field}\` of ${missingIn.path.toWellFormed()}: \`symbiotic issues check --fix\` does it`,
  });
}
