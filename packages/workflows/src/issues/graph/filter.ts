import { errorOf, fail, ok, type Diagnostic, type Result } from "@symbiotic-build/engine";
import type { Issue } from "../issue.ts";
import type { Milestone } from "../milestone/milestone.ts";
import { quoted } from "../text/plain-text.ts";
import { sameName, slugOf } from "../words/name-match.ts";
import type { IssueGraph } from "../issue-graph.ts";

/** Which issues are asked for. Of several values of one kind any is enough; every kind that is named must fit. */
export interface IssueFilter {
  readonly milestones?: readonly string[];
  readonly projects?: readonly string[];
  readonly ids?: readonly string[];
}

/** The issues that a filter lets through; an error for a name that fits none. */
export function selectedIssues(
  graph: IssueGraph,
  filter: IssueFilter,
): Result<ReadonlySet<Issue>, readonly Diagnostic[]> {
  const { milestones = [], projects = [], ids = [] } = filter;
  const chosen = new Set(ids.flatMap((id) => graph.byId(id) ?? []));
  const unknown = [
    ...milestones
      .filter((name) => !graph.issues.some((issue) => isOf(issue, name, graph.milestones)))
      .map((name) => ["milestone", name]),
    ...projects.filter((name) => !graph.issues.some((issue) => isIn(issue, name))).map((name) => ["project", name]),
    ...ids.filter((id) => graph.byId(id) === undefined).map((id) => ["id", id]),
  ];
  if (unknown.length > 0) return fail(unknown.map(([kind = "", name = ""]) => unknownName(kind, name)));
  const fits = (issue: Issue): boolean =>
    (milestones.length === 0 || milestones.some((name) => isOf(issue, name, graph.milestones))) &&
    (projects.length === 0 || projects.some((name) => isIn(issue, name))) &&
    (ids.length === 0 || chosen.has(issue));
  return ok(new Set(graph.issues.filter(fits)));
}

function unknownName(kind: string, name: string): Diagnostic {
  const hint = "`symbiotic issues list` shows what there is";
  return errorOf("SYM9211", `no issue has the ${kind} ${quoted(name)}`, { hint });
}

/** By the name that the issue has, or by another name of the same milestone document. */
function isOf({ milestone }: Issue, name: string, documents: readonly Milestone[]): boolean {
  if (milestone === undefined) return false;
  if (sameName(milestone.value, name)) return true;
  const named = documents.filter(({ names }) => names.some((each) => sameName(each, name)));
  return named.some(({ names }) => names.some((each) => sameName(each, milestone.value)));
}

function isIn({ project }: Issue, name: string): boolean {
  return project !== undefined && slugOf(project.value) === slugOf(name);
}
