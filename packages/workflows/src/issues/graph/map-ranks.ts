import type { Diagnostic } from "@symbiotic-build/engine";
import { found } from "../checks.ts";
import type { Issue } from "../issue.ts";
import type { Milestone } from "../milestone/milestone.ts";
import { quoted } from "../text/plain-text.ts";
import { locationIn } from "../text/place.ts";
import { sortedByNature } from "../words/natural-order.ts";
import type { IssueIndex } from "./issue-index.ts";

/** The places of issues in the maps of milestones, and the names in maps that no document has. */
export interface MapRanks {
  /** Smaller first; issues in no map have none. Maps follow each other in natural order of their files. */
  readonly ranks: ReadonlyMap<Issue, number>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Ranks issues by the Issue Maps. An issue that stands in several counts where it stands first. */
export function mapRanksOf(milestones: readonly Milestone[], { resolve }: Pick<IssueIndex, "resolve">): MapRanks {
  const ranks = new Map<Issue, number>();
  const diagnostics: Diagnostic[] = [];
  for (const { path, map } of sortedByNature(milestones, (each) => each.path)) {
    for (const { value, at } of map) {
      const issue = resolve(value);
      if (issue === undefined) {
        const message = `the Issue Map names ${quoted(value.text)}, and no document has that id`;
        diagnostics.push(
          found("danglingInMap", message, {
            location: locationIn(path, at),
            hint: "correct it, or write the document",
          }),
        );
      } else if (!ranks.has(issue)) ranks.set(issue, ranks.size);
    }
  }
  return { ranks, diagnostics };
}
