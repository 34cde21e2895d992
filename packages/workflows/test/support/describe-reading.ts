import type { Diagnostic } from "@symbiotic-build/engine";
import type { EdgeReference, Issue, IssueReading, Reference } from "../../src/issues/issue.ts";
import type { Place, Placed } from "../../src/issues/text/place.ts";

/** A reading as lines for people: what the document says, where, and what there is to say of it. */
export function describeReading(path: string, { issue, diagnostics }: IssueReading): string {
  const said = issue === undefined ? ["no issue"] : describeIssue(issue);
  return [path, ...[...said, ...diagnostics.map(describeDiagnostic)].map((line) => `  ${line}`)].join("\n");
}

function describeIssue(issue: Issue): string[] {
  const { id, isIdDerived, title, state, stateKind, isArchived, milestone, project, parent } = issue;
  return [
    `${row("id", id)}${isIdDerived ? " (from the file name)" : ""}`,
    row("title", title),
    state === undefined ? `state ${stateKind}` : `${row("state", state)} (${stateKind})`,
    ...(isArchived ? ["archived"] : []),
    ...[milestone === undefined ? [] : row("milestone", milestone)].flat(),
    ...(project === undefined || project.at.line === 1 ? [] : [row("project", project)]),
    ...(parent === undefined ? [] : [reference("parent", parent)]),
    ...issue.children.map((child) => reference("child", child)),
    ...issue.edges.map((edge: EdgeReference) => reference(edge.field, edge)),
    ...(issue.listsBlocking ? ["lists what it blocks"] : []),
    ...(issue.priority === undefined ? [] : [`${row("priority", issue.priority)} (${String(issue.rank)})`]),
    ...issue.labels.map((label) => row("label", label)),
    ...(issue.estimate === undefined ? [] : [row("estimate", issue.estimate)]),
    ...describeBody(issue),
  ];
}

function describeBody({ checkboxes, verification, files, openQuestions }: Issue): string[] {
  return [
    ...checkboxes.map(
      (box) =>
        `${row(box.isChecked ? "[x]" : "[ ]", box)}, mark at ${at(box.mark.at)}, under ${box.heading ?? "nothing"}`,
    ),
    ...verification.map((command) => row("verify", command)),
    ...files.map((file) => row("file", file)),
    ...openQuestions.map((question) => row("question", question)),
  ];
}

function row(name: string, { value, at: place }: Placed<string>): string {
  return `${name} ${JSON.stringify(value)} at ${at(place)}`;
}

function reference(name: string, { value: { ids, paths }, at: place }: Placed<Reference>): string {
  return `${name} ${[...ids, ...paths].join(" or ")} at ${at(place)}`;
}

function at({ line, column, length }: Place): string {
  return `${String(line)}:${String(column)}+${String(length)}`;
}

function describeDiagnostic({ severity, code, message, location, hint = "" }: Diagnostic): string {
  return `${severity} ${code} at ${String(location?.line)}:${String(location?.column)}: ${message}\n    ${hint}`;
}
