import type { Files } from "../repository.ts";
import { issueDocument } from "./issue-repository.ts";

/** The folder of issue documents of a test's repository. */
export const ISSUES = "docs/projects/app/issues";

/** What each issue is blocked by. */
export type Edges = Readonly<Record<string, readonly string[]>>;

/** A document for each issue: it asks for a module, and is verified by that being there. */
export function issueDocuments(edges: Edges): Files {
  const documents = Object.entries(edges).map(([id, blockedBy]): [string, string] => [
    `${ISSUES}/${id}.md`,
    issueDocument(id, { blockedBy, verify: [`test -f ${moduleOf(id)}`] }),
  ]);
  return Object.fromEntries(documents);
}

/** The module that an issue asks for; `more` is one that mends it. */
export function moduleOf(issue: string, more = ""): string {
  return `src/${issue.toLowerCase().replace("-", "_")}${more}.py`;
}
