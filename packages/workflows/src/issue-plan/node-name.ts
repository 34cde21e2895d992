import type { Issue } from "../issues/issue.ts";

/** The name of an issue as a node: graphlib keeps nodes in plain objects, and an issue may be called `constructor`. */
export function nodeName({ id }: Issue): string {
  return `#${id.value}`;
}
