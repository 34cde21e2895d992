import type { EdgeField } from "../front-matter/field.ts";
import type { Issue } from "../issue.ts";
import type { Place } from "../text/place.ts";

/** One place that says that an issue comes before another. */
export interface Statement {
  /** The document that says it. */
  readonly by: Issue;
  readonly field: EdgeField;
  readonly at: Place;
}

/** One issue that must be done before another, and all who say so. */
export interface Edge {
  readonly before: Issue;
  readonly after: Issue;
  readonly said: readonly [Statement, ...Statement[]];
}
