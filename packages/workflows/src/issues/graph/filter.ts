import { errorOf, fail, ok, type Diagnostic, type Result } from "@symbiotic-build/engine";
import type { Issue } from "../issue.ts";
import { quoted } from "../text/plain-text.ts";
import { sameName, slugOf } from "../words/name-match.ts";
import type { IssueGraph } from "../issue-graph.ts";

/** Which issues are asked for. Of several values of one kind any is enough; every kind that is named must fit. */
export interface IssueFilter {
  readonly milestones?: readonly string[];
  readonly projects?: readonly string[];
  readonly ids?: readonly string[];
}

/** The issues that a filter lets through; an error for each name that fits none. */
export function selectedIssues(
  graph: IssueGraph,
  { milestones = [], projects = [], ids = [] }: IssueFilter,
): Result<ReadonlySet<Issue>, readonly Diagnostic[]> {
  const kinds: readonly Kind[] = [
    { name: "milestone", chosen: milestones.map((name) => ofMilestone(graph, name)), asked: milestones },
    { name: "project", chosen: projects.map((name) => ofProject(graph, name)), asked: projects },
    { name: "id", chosen: ids.map((id) => new Set(maybe(graph.byId(id)))), asked: ids },
  ];
  const unknown = kinds.flatMap(({ name, chosen, asked }) =>
    asked.filter((_, index) => chosen[index]?.size === 0).map((text) => unknownName(name, text)),
  );
  if (unknown.length > 0) return fail(unknown);
  const fits = (issue: Issue): boolean =>
    kinds.every(({ chosen }) => chosen.length === 0 || chosen.some((issues) => issues.has(issue)));
  return ok(new Set(graph.issues.filter(fits)));
}

/** What is asked for of one kind: the issues that each name means. */
interface Kind {
  readonly name: string;
  readonly asked: readonly string[];
  readonly chosen: readonly ReadonlySet<Issue>[];
}

function unknownName(kind: string, name: string): Diagnostic {
  const hint = "`symbiotic issues list` shows what there is";
  return errorOf("SYM9211", `no issue has the ${kind} ${quoted(name)}`, { hint });
}

/** By the name that issues have, or by another name of the same milestone document. */
function ofMilestone({ issues, milestones }: IssueGraph, name: string): ReadonlySet<Issue> {
  const documents = milestones.filter(({ names }) => names.some((each) => sameName(each, name)));
  const names = [name, ...documents.flatMap((document) => document.names)];
  const used = new Set(issues.flatMap(({ milestone }) => maybe(milestone?.value)));
  const meant = new Set([...used].filter((value) => names.some((each) => sameName(each, value))));
  return new Set(issues.filter(({ milestone }) => milestone !== undefined && meant.has(milestone.value)));
}

function ofProject({ issues }: IssueGraph, name: string): ReadonlySet<Issue> {
  const slug = slugOf(name);
  return new Set(issues.filter(({ project }) => project !== undefined && slugOf(project.value) === slug));
}

function maybe<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}
