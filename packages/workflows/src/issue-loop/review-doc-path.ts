import type { RepoPath } from "@symbiotic-build/engine";
import type { Issue } from "../issues/issue.ts";

/** The review document that an issue belongs to: `reviews/REVIEW-<milestone>.md` beside the folder of its document. */
export function reviewDocOf({ path, milestone, project }: Issue): RepoPath {
  const name = (milestone?.value ?? project?.value ?? "issues").replace(/[^A-Za-z0-9._-]+/g, "-");
  const folder = path.split("/").slice(0, -1);
  const parent = folder.at(-1) === "issues" ? folder.slice(0, -1) : folder;
  return [...parent, "reviews", `REVIEW-${name}.md`].join("/");
}
