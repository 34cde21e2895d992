import { cycleLines, runningCycles } from "../graph/tell-cycles.ts";
import type { Issue } from "../issue.ts";
import type { IssueGraph } from "../issue-graph.ts";
import { count } from "../text/plain-text.ts";
import { placeText } from "../text/place.ts";
import type { SaidAt } from "./shown-edges.ts";

/** The cycles that some of these issues are on, each with every line that makes it. */
export function issueCyclesText({ issues, edges }: IssueGraph, shown: readonly Issue[]): string {
  const byAfter = Map.groupBy(edges, ({ after }) => after);
  const cycles = runningCycles(issues, edges).filter((cycle) => cycle.some((issue) => shown.includes(issue)));
  if (cycles.length === 0) return "no cycle";
  return cycles
    .map((cycle) =>
      [`a cycle of ${count(cycle.length, "issue")}`, ...cycleLines(cycle, byAfter).map((line) => `  ${line}`)].join(
        "\n",
      ),
    )
    .join("\n\n");
}

/** Where each edge is stated first. */
export function statedAt({ edges }: IssueGraph): SaidAt {
  const places = new Map(
    edges.map(({ before, after, said: [{ by, at }] }) => [
      `${before.id.value}\0${after.id.value}`,
      placeText(by.path, at),
    ]),
  );
  return (before, after) => places.get(`${before}\0${after}`);
}
