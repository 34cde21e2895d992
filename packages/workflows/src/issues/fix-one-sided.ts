import type { Diagnostic, RepoPath } from "@symbiotic-build/engine";
import { found } from "./checks.ts";
import { addToField, type MendedField } from "./fix/add-to-field.ts";
import type { OneSided } from "./graph/one-sided.ts";
import type { Issue, SourceDocument } from "./issue.ts";
import type { IssueGraph } from "./issue-graph.ts";
import { readIssue } from "./read-issue.ts";
import { locationIn } from "./text/place.ts";
import { quoted } from "./text/plain-text.ts";

/** A document as it should be written. */
export interface Mended {
  readonly path: RepoPath;
  readonly text: string;
  readonly added: readonly { readonly field: MendedField; readonly id: string }[];
}

/** The documents to write, and what could not be mended. */
export interface Mending {
  readonly edits: readonly Mended[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Mends the one-sided edges of a graph: each is added to the document that lacks it, in the style of the list there. Nothing else of a
 * document changes, and a second time there is nothing to do. `documents` are those that the graph was made of, as they were read.
 */
export function fixOneSided(documents: readonly SourceDocument[], graph: IssueGraph): Mending {
  const texts = new Map(documents.map(({ path, text }) => [path, text]));
  const byPath = Map.groupBy(graph.oneSided, ({ missingIn }) => missingIn.path);
  const all = [...byPath].map(([path, missing]) => mend(path, texts.get(path) ?? "", missing));
  return {
    edits: all.map(({ edit }) => edit).filter(({ added }) => added.length > 0),
    diagnostics: all.flatMap(({ diagnostics }) => diagnostics),
  };
}

function mend(
  path: RepoPath,
  before: string,
  missing: readonly OneSided[],
): { edit: Mended; diagnostics: Diagnostic[] } {
  const added: Mended["added"][number][] = [];
  const diagnostics: Diagnostic[] = [];
  let text = before;
  for (const oneSided of missing) {
    const { field, other } = oneSided;
    const next = addToField(text, field, other.id.value);
    if (next === undefined || !saysMore(path, [text, next], oneSided)) diagnostics.push(notMended(oneSided));
    else {
      text = next;
      added.push({ field, id: other.id.value });
    }
  }
  return { edit: { path, text, added }, diagnostics };
}

/** Whether the new text is read as the old one with this one edge more. */
function saysMore(path: RepoPath, [old, next]: readonly [string, string], { field, other }: OneSided): boolean {
  const [before, after] = [readIssue({ path, text: old }).issue, readIssue({ path, text: next }).issue];
  if (before === undefined || after === undefined) return false;
  const known = statementsOf(before);
  const more = statementsOf(after);
  const wanted = [`${field} ${other.id.value}`, `${field === "blocking" ? "blocked" : field} ${other.id.value}`];
  const rest = more.filter((each) => !known.includes(each));
  return (
    more.length === known.length + 1 &&
    rest.length === 1 &&
    wanted.includes(rest[0] ?? "") &&
    sameButEdges(before, after)
  );
}

function statementsOf({ edges }: Issue): string[] {
  return edges.map(({ field, value }) => `${field} ${value.ids[0] ?? value.text}`);
}

function sameButEdges(before: Issue, after: Issue): boolean {
  const facts = ({ id, title, state, parent, children, checkboxes, milestone }: Issue): string =>
    JSON.stringify([id, title, state, milestone, parent, ...children, ...checkboxes].map((each) => each?.value));
  return facts(before) === facts(after);
}

function notMended({ missingIn, field, other, said }: OneSided): Diagnostic {
  return found(
    "notMended",
    `${quoted(other.id.value)} cannot be added to \`${field}\` of ${quoted(missingIn.id.value)}`,
    {
      location: locationIn(missingIn.path, missingIn.id.at),
      hint: `add it by hand; ${said.by.path.toWellFormed()} says it`,
    },
  );
}
