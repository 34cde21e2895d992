import type { Before, WriteFiles } from "@symbiotic-build/engine";
import type { PlannedIssue } from "./planned-issue.ts";
import type { LoopSettings } from "./loop-settings.ts";
import { outcomeOf } from "./outcome.ts";
import { reviewDocOf } from "./review-doc-path.ts";
import { withEntry } from "./review-doc.ts";
import { isSameDocument, tickedBy, untickable } from "./ticked.ts";

/** What the loop writes of an issue: its entry in the review document, and the boxes that evidence ticks. */
export function writeWork(planned: PlannedIssue, settings: LoopSettings, ends: Before): WriteFiles {
  const { issue } = planned;
  const outcome = outcomeOf(issue, ends, settings);
  const review = {
    path: reviewDocOf(issue),
    change: (text: string | null) => withEntry(text, planned, { outcome, ends, settings }),
  };
  const boxes = {
    path: issue.path,
    // The document of the tree is that of the plan, or somebody else works on it: then it is left alone.
    change: (text: string | null) =>
      text !== null && isSameDocument(planned, text) && outcome.state !== "stopped"
        ? tickedBy({ ...planned, text }, { outcome, ends, settings })
        : text,
    problem: (text: string | null) => (outcome.state === "stopped" ? undefined : untickable(planned, text)),
  };
  return {
    ...{ kind: "write", tree: issue.id.value, message: `${issue.id.value}: review and what is shown` },
    files: settings.writesReviews ? [review, boxes] : [boxes],
  };
}
