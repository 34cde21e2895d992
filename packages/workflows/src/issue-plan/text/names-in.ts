import { inlineCode } from "../../issues/body/inline-code.ts";
import type { Placed } from "../../issues/text/place.ts";
import { placeOf, type Segment } from "../../issues/text/segment.ts";
import type { ProseLine } from "./prose.ts";

/** What a document names between backticks. */
export interface NamedThing extends Placed<string> {
  /** `name`: a function, class, constant; `endpoint`: a path that a server answers; `path`: a file or folder. */
  readonly kind: "name" | "endpoint" | "path";
  /** It stands among the files of the issue. */
  readonly isScope: boolean;
  /** The sentence says that it is to be made. */
  readonly isMade: boolean;
}

const NAME = /^(?:[A-Za-z_$][\w$]*(?:\.|::|#))*([A-Za-z_$][\w$]{2,})(\([^()]*\))?$/;
const ENDPOINT = /^(?:(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+)?((?:\/[\w.~:{}<>-]+)+)\/?$/;
const PATH = /^(?!\/)[\w.@+-]+(?:\/[\w.@+*-]+)+\/?$|^[\w-]+\.[a-z]{1,6}$/;
/** `Add the function` makes what follows, `Add tests for` does not. */
const MAKING =
  /\b(?:add|create|introduce|define|implement|provide|new)(?:s|d|es|ed|ing)?(?:\s+(?!(?:for|to|of|in|on|with|from|that|which|into|by|around)\b)[\w`(),.:-]+){0,4}\s+`?$/i;
const NEAR = 80;

/** What the prose of a document names, in its order. */
export function namesIn(lines: readonly ProseLine[]): readonly NamedThing[] {
  return lines.flatMap(({ segment, section }) =>
    inlineCode(segment).flatMap((code) => {
      const named = thingOf(code.text);
      if (named === undefined) return [];
      const isMade = MAKING.test(sentenceBefore(segment, code));
      return [{ ...named, at: placeOf(code), isScope: section === "files", isMade }];
    }),
  );
}

function thingOf(text: string): Pick<NamedThing, "kind" | "value"> | undefined {
  const endpoint = ENDPOINT.exec(text)?.[1];
  if (endpoint !== undefined) return { kind: "endpoint", value: endpoint.replace(/\{[^{}]*\}|<[^<>]*>|:\w+/g, "*") };
  if (PATH.test(text)) return { kind: "path", value: text.replace(/\/+$/, "") };
  const [, name, call] = NAME.exec(text) ?? [];
  // A plain word in lower case may be anything: a tool, a value, a branch.
  if (name === undefined || (call === undefined && /^[a-z]+$/.test(text))) return undefined;
  return { kind: "name", value: name };
}

/** Only its end is looked at: a line may be long, and hold many names. */
function sentenceBefore({ text, column }: Segment, code: Segment): string {
  const to = code.column - column;
  const before = text.slice(Math.max(0, to - NEAR - 2), to);
  return (before.split(/[.;!?]\s/).at(-1) ?? "").slice(-NEAR);
}
