import type { CommentRule } from "../front-matter/comment.ts";
import type { Entry } from "../front-matter/entry.ts";
import type { Field } from "../front-matter/field.ts";
import { itemsOf } from "../front-matter/items.ts";
import { scalarOf, type Scalar } from "../front-matter/scalar.ts";
import { plainText, quoted } from "../text/plain-text.ts";
import type { Placed } from "../text/place.ts";
import { placeOf } from "../text/segment.ts";
import type { Teller } from "../teller.ts";
import { meaningOf } from "../words/placeholder.ts";
import type { Fields } from "./fields.ts";

const LINK = /^\[\[([^[\]|]*)(?:\|[^[\]]*)?\]\]$|^\[([^[\]]*)\]\([^()]*\)$/;

/** The one value of a field, as text; undefined where it has none, or a placeholder in its place. */
export function singleValue(fields: Fields, field: Field, teller: Teller): Placed<string> | undefined {
  const [entry] = fields.get(field) ?? [];
  if (entry === undefined) return undefined;
  const { value, at } = readSingle(entry, field === "title" ? "text" : "plain", teller);
  const meaning = meaningOf(value);
  if (meaning === "undecided") tellUndecided(entry, value, { at, teller });
  return meaning === "value" ? { value: withoutLink(value), at } : undefined;
}

/** The text of an entry, whatever it means. A list that should be one value gives its first. */
export function readSingle(entry: Entry, rule: CommentRule, { tell }: Teller): Scalar {
  const [first] = rule === "text" || !isList(entry) ? [] : itemsOf(entry, { comments: rule, separators: "," }).items;
  if (first !== undefined) return { value: plainText(first.text), at: placeOf(first.source), isClosed: true };
  const scalar = scalarOf(entry, rule);
  if (!scalar.isClosed) tell("unclosedValue", scalar.at, "the quote of this value is not closed", "close it");
  return scalar;
}

/** Says that a value is still to be written. */
export function tellUndecided(
  { key }: Entry,
  value: string,
  { at, teller }: Pick<Scalar, "at"> & { readonly teller: Teller },
): void {
  teller.tell(
    "placeholder",
    at,
    `\`${key}\` is ${quoted(value)}: still to be written`,
    `write it, or leave \`${key}\` empty`,
  );
}

function isList({ inline, more }: Entry): boolean {
  const text = inline.text.trimStart();
  return text === "" ? (more[0]?.text.trimStart().startsWith("- ") ?? false) : text.startsWith("[");
}

function withoutLink(text: string): string {
  const [, wiki, label] = LINK.exec(text) ?? [];
  return (wiki ?? label ?? text).trim();
}
