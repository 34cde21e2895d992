import type { Issue } from "../../issues/issue.ts";
import { placeText } from "../../issues/text/place.ts";
import { plainText } from "../../issues/text/plain-text.ts";
import { partOf, placeOf, type Segment } from "../../issues/text/segment.ts";
import type { ProseLine } from "../text/prose.ts";
import type { PlanEdge } from "../plan-edge.ts";

/** What stands before the name of an issue that comes first, and of one that comes later. */
const FIRST = [
  "after",
  "needs?",
  "requires?",
  "depends? on",
  "builds? (?:up)?on",
  "waits? for",
  "relies on",
  "once",
  "blocked by",
  "on top of",
  "until",
];
const LATER = [
  "before",
  "blocks?",
  "unblocks?",
  "needed by",
  "required by",
  "prerequisite (?:of|for)",
  "groundwork for",
];
const SAYS = new RegExp(`\\b(?:(?<first>${FIRST.join("|")})|(?<later>${LATER.join("|")}))\\b`, "gi");
const NOT = /\b(?:not|never|no longer|no|without|independent(?:ly)?|n't|regardless)\b|n't\b/i;
/** A pattern that asks for a digit within would look for it from each letter of a long word again. */
const WORD = /#?[A-Za-z0-9][\w-]*/g;
const NEAR = 40;

/** Edges that the prose of a document states: `after M3-02 has landed`. A sentence with a `not` in it states none. */
export function inferredByText(
  issue: Issue,
  lines: readonly ProseLine[],
  byId: (id: string) => Issue | undefined,
): readonly PlanEdge[] {
  return lines.flatMap(({ segment }) =>
    sentencesOf(segment.text).flatMap((sentence) =>
      namedIn(sentence).flatMap(({ id, at, said }) => {
        const other = byId(id.replace(/^#/, ""));
        if (other === undefined || other === issue) return [];
        return [edgeOf(issue, other, { said, at: partOf(segment, at, at + id.length) })];
      }),
    ),
  );
}

/** A sentence of a line, and where it begins there. */
interface Sentence {
  readonly text: string;
  readonly start: number;
}

function sentencesOf(text: string): readonly Sentence[] {
  const starts = [0, ...[...text.matchAll(/[.;!?]\s/g)].map(({ index }) => index + 2)];
  return starts.map((start, at) => ({ text: text.slice(start, starts[at + 1]), start }));
}

interface Said {
  readonly word: string;
  readonly isFirst: boolean;
}

interface Named {
  readonly id: string;
  /** Where it stands in the line. */
  readonly at: number;
  readonly said: Said;
}

/** The ids of a sentence of which it says what comes first. Goes through it once, however many there are. */
function namedIn({ text, start }: Sentence): readonly Named[] {
  const says = [...text.matchAll(SAYS)];
  if (says.length === 0) return [];
  const not = NOT.exec(text)?.index ?? text.length;
  const named: Named[] = [];
  let next = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const id = idOf(word);
    if (id === undefined || index > not) continue;
    while ((says[next]?.index ?? index) < index) next += 1;
    const last = says[next - 1];
    if (last === undefined || index - last.index - last[0].length > NEAR) continue;
    const said = { word: last[0].toLowerCase(), isFirst: last.groups?.["first"] !== undefined };
    named.push({ id, at: start + index, said });
  }
  return named;
}

/** What of a word may name an issue: all of it where a digit stands in it, the number where it begins with `#5`. */
function idOf(word: string): string | undefined {
  if (/\d/.test(word.startsWith("#") ? word.slice(2) : word.slice(1))) return word;
  return /^#\d/.exec(word)?.[0];
}

function edgeOf(issue: Issue, other: Issue, { said, at }: { readonly said: Said; readonly at: Segment }): PlanEdge {
  const [before, after] = said.isFirst ? [other, issue] : [issue, other];
  const why = `the text of ${issue.id.value} says \`${plainText(said.word)} ${other.id.value}\``;
  return {
    ...{ before, after, isInferred: true },
    evidence: [{ rule: "text", why, at: placeText(issue.path, placeOf(at)) }],
  };
}
