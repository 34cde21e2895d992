import { count, plainText } from "../../issues/text/plain-text.ts";
import type { IssuePlan, LeftOut, PlanChoice, PlanConflict } from "../issue-plan.ts";
import type { PlanEdge } from "../plan-edge.ts";
import { columns } from "./columns.ts";

/** How many lines of a kind are shown; `--json` has more. */
const SHOWN = 20;

/** The plan as lines for people: what may run at once, level by level, and why the rest may not. */
export function issuePlanText(plan: IssuePlan): string {
  const { finished, held, issues } = plan;
  if (issues.length === 0) return ["no issue is to be done", ...leftOut(finished, held)].join("\n");
  // Of two of which one comes first anyway, nobody needs to know that they meet.
  const [binding, loose] = [true, false].map((wanted) =>
    plan.conflicts.filter(({ isBinding, isOrdered }) => !isOrdered && isBinding === wanted),
  ) as [PlanConflict[], PlanConflict[]];
  return [
    headOf(plan),
    ...plan.levels.flatMap((choices, level) =>
      section(
        `level ${String(level)}`,
        few(choices, (shown) => columns(shown.map(choiceRow))),
      ),
    ),
    ...section("streams", few(plan.streams, partLines)),
    ...clusterSection(plan),
    ...section("what comes first", few(plan.edges, edgeLines)),
    ...section("inferred and left out, since it makes a circle", few(plan.dropped, edgeLines)),
    ...section("not at once", few(binding, conflictLines)),
    ...section("at once, at a risk", few(loose, conflictLines)),
    ...leftOut(finished, held),
  ].join("\n");
}

function headOf({ issues, levels, streams, clusters, parallel }: IssuePlan): string {
  return [
    ...[count(issues.length, "issue"), count(levels.length, "level"), count(streams.length, "stream")],
    ...[count(clusters.length, "cluster"), `${String(parallel)} at once`],
  ].join(" · ");
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines];
}

function choiceRow({ issues, score, risk }: PlanChoice): readonly string[] {
  return [`  ${idsOf(issues, "  ")}`, `score ${score.toFixed(2)}`, risk > 0 ? `risk ${risk.toFixed(2)}` : ""];
}

/** Clusters that are no more than streams say nothing new. */
function clusterSection({ streams, clusters }: IssuePlan): readonly string[] {
  if (clusters.length === streams.length) return [];
  return section("clusters", few(clusters, partLines));
}

function partLines(parts: IssuePlan["streams"]): readonly string[] {
  return parts.map((part) => `  ${idsOf(part, " · ")}`);
}

function edgeLines(edges: readonly PlanEdge[]): readonly string[] {
  return columns(edges.flatMap(edgeRows));
}

function conflictLines(conflicts: readonly PlanConflict[]): readonly string[] {
  return columns(conflicts.flatMap(conflictRows));
}

function edgeRows({ before, after, evidence, isInferred }: PlanEdge): readonly (readonly string[])[] {
  return evidence.map(({ why, at }, index) => {
    const names = index === 0 ? `${before.id.value} before ${after.id.value}` : "";
    return [`  ${plainText(names)}`, isInferred ? "inferred" : "stated", plainText(why), at];
  });
}

function conflictRows({ issues: [a, b], risk, evidence }: PlanConflict): readonly (readonly string[])[] {
  return evidence().map(({ why, at }, index) => [
    `  ${index === 0 ? `${a.id.value} and ${b.id.value}` : ""}`,
    index === 0 ? risk.toFixed(2) : "",
    plainText(why),
    at.join("  "),
  ]);
}

function few<T>(items: readonly T[], linesOf: (items: readonly T[]) => readonly string[]): readonly string[] {
  const left = items.length - SHOWN;
  const lines = linesOf(items.slice(0, SHOWN));
  return left <= 0 ? lines : [...lines, `  … and ${String(left)} more: --json has more of them`];
}

function leftOut(finished: readonly LeftOut[], held: readonly LeftOut[]): readonly string[] {
  const row = ({ issue, why }: LeftOut): readonly string[] => [`  ${issue.id.value}`, plainText(why)];
  return [...section("finished", columns(finished.map(row))), ...section("held", columns(held.map(row)))];
}

function idsOf(issues: readonly { readonly id: { readonly value: string } }[], between: string): string {
  return issues.map(({ id }) => plainText(id.value)).join(between);
}
