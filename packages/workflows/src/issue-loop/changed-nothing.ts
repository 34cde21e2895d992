import type { Before } from "@symbiotic-build/engine";
import type { Issue } from "../issues/issue.ts";
import { reviewDocOf } from "./review-doc-path.ts";
import { stepId } from "./step-ids.ts";

/**
 * Whether a developer says that all is done and nothing is different: there is nothing to look at, and what is not there must not pass. Not where
 * the branch has work of an earlier run, which is looked at, nor where the document says that nothing need be changed. Pure.
 */
export function changedNothing(issue: Issue, before: Before): boolean {
  return !issue.needsNoChange && isUnchanged(issue, before);
}

/** Whether nobody has worked on the branch, developer and earlier runs included. What the loop itself writes is no work. Pure. */
export function isUnchanged(issue: Issue, before: Before): boolean {
  const there = before(stepId(issue, "open"))?.data["changed"];
  const made = before(stepId(issue, "develop"))?.data["files"];
  if (!Array.isArray(there) || !Array.isArray(made)) return false;
  const own = new Set([issue.path, reviewDocOf(issue)]);
  return made.length === 0 && there.every((path) => own.has(String(path)));
}
