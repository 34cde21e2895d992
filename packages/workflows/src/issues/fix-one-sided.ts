import { byCodeUnit, type Diagnostic, type RepoPath } from "@symbiotic-build/engine";
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

function mend(path: RepoPath, text: string, missing: readonly OneSided[]): { edit: Mended; diagnostics: Diagnostic[] } {
  const start: State = { path, text, added: [], failed: [] };
  const { failed, ...edit } = [...Map.groupBy(missing, ({ field }) => field)].reduce(
    (state, [field, all]) => addAll(state, field, all),
    start,
  );
  return { edit, diagnostics: failed.map(notMended) };
}

interface State extends Mended {
  readonly failed: readonly OneSided[];
}

/** All at once; where that is not read as meant, each for itself. */
function addAll(state: State, field: MendedField, missing: readonly OneSided[]): State {
  const ids = missing.map(({ other }) => other.id.value);
  const text = addToField(state.text, field, ids);
  if (text !== undefined && saysMore(state, text, { field, ids })) {
    return { ...state, text, added: [...state.added, ...ids.map((id) => ({ field, id }))] };
  }
  if (missing.length === 1) return { ...state, failed: [...state.failed, ...missing] };
  return missing.reduce((reached, each) => addAll(reached, field, [each]), state);
}

interface Addition {
  readonly field: MendedField;
  readonly ids: readonly string[];
}

/** Whether the new text is read as the old one with these edges more. */
function saysMore({ path, text }: State, next: string, { field, ids }: Addition): boolean {
  const [before, after] = [readIssue({ path, text }).issue, readIssue({ path, text: next }).issue];
  if (before === undefined || after === undefined || !sameButEdges(before, after)) return false;
  const left = countsOf(statementsOf(after));
  for (const each of statementsOf(before)) left.set(each, (left.get(each) ?? 0) - 1);
  const more = [...left]
    .filter(([, count]) => count !== 0)
    .map(([statement, count]) => `${statement} ${String(count)}`);
  const wanted = (name: string): string => JSON.stringify(ids.map((id) => `${name} ${id} 1`).sort(byCodeUnit));
  const said = JSON.stringify(more.sort(byCodeUnit));
  return said === wanted(field) || (field === "blocking" && said === wanted("blocked"));
}

function countsOf(statements: readonly string[]): Map<string, number> {
  return new Map([...Map.groupBy(statements, (each) => each)].map(([each, all]) => [each, all.length]));
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
