import type { Issue } from "../issues/issue.ts";

/** Why an edge is there, with the line that says so. */
export interface EdgeEvidence {
  /** `stated`: by front matter. The others are inferred: `text` names the other issue; `makes` and `writes` meet what another one needs. */
  readonly rule: "stated" | "text" | "makes" | "writes";
  /** One sentence. */
  readonly why: string;
  /** `file:line:column`. */
  readonly at: string;
}

/** An issue that comes before another. */
export interface PlanEdge {
  readonly before: Issue;
  readonly after: Issue;
  readonly isInferred: boolean;
  readonly evidence: readonly EdgeEvidence[];
}
