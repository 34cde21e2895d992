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
const ID = /#?[A-Za-z0-9][\w-]*\d[\w-]*|#\d+/g;
const NEAR = 40;

/** Edges that the prose of a document states: `after M3-02 has landed`. A sentence with a `not` in it states none. */
export function inferredByText(
  issue: Issue,
  lines: readonly ProseLine[],
  byId: (id: string) => Issue | undefined,
): readonly PlanEdge[] {
  return lines.flatMap(({ segment }) =>
    [...segment.text.matchAll(ID)].flatMap(({ 0: id, index }) => {
      const said = wordBefore(segment.text, index);
      const other = said === undefined ? undefined : byId(id.replace(/^#/, ""));
      if (said === undefined || other === undefined || other === issue) return [];
      return [edgeOf(issue, other, { said, at: partOf(segment, index, index + id.length) })];
    }),
  );
}

interface Said {
  readonly word: string;
  readonly isFirst: boolean;
}

function wordBefore(text: string, index: number): Said | undefined {
  const sentence =
    text
      .slice(0, index)
      .split(/[.;!?]\s/)
      .at(-1) ?? "";
  const last = [...sentence.matchAll(SAYS)].at(-1);
  if (last === undefined || sentence.length - last.index - last[0].length > NEAR || NOT.test(sentence))
    return undefined;
  return { word: last[0].toLowerCase(), isFirst: last.groups?.["first"] !== undefined };
}

function edgeOf(issue: Issue, other: Issue, { said, at }: { readonly said: Said; readonly at: Segment }): PlanEdge {
  const [before, after] = said.isFirst ? [other, issue] : [issue, other];
  const why = `the text of ${issue.id.value} says \`${plainText(said.word)} ${other.id.value}\``;
  return {
    ...{ before, after, isInferred: true },
    evidence: [{ rule: "text", why, at: placeText(issue.path, placeOf(at)) }],
  };
}
