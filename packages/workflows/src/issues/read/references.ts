import type { RepoPath } from "@symbiotic-build/engine";
import type { Entry } from "../front-matter/entry.ts";
import type { Field } from "../front-matter/field.ts";
import { closingQuote, quoteAt, unquoted } from "../front-matter/quotes.ts";
import { itemsOf, type Item, type ListRule } from "../front-matter/items.ts";
import type { Reference } from "../issue.ts";
import { referenceOf } from "../reference.ts";
import type { Teller } from "../teller.ts";
import { quoted } from "../text/plain-text.ts";
import type { Placed } from "../text/place.ts";
import { partOf, placeOf, type Segment } from "../text/segment.ts";
import { isTrackerId } from "../words/issue-id.ts";
import { meaningOf } from "../words/placeholder.ts";
import type { Fields } from "./fields.ts";
import { tellUndecided } from "./single-value.ts";

/** How lists of issues are read. */
export const ID_LIST: ListRule = { comments: "ids", separators: ",;" };

/** `- id: M3-04`: an item may be a small map. */
const MEMBER = /^(?:id|issue)\s*:\s*(?=\S)/i;
const BETWEEN = /^(?:and|&|\+)$/i;

interface Reader {
  readonly path: RepoPath;
  readonly teller: Teller;
}

/** The issues that a field names, with the entry that holds each. */
export function referencesOf(
  fields: Fields,
  field: Field,
  reader: Reader,
): (Placed<Reference> & { readonly entry: Entry })[] {
  return (fields.get(field) ?? []).flatMap((entry) =>
    referencesIn(entry, reader).map((reference) => ({ ...reference, entry })),
  );
}

function referencesIn(entry: Entry, reader: Reader): Placed<Reference>[] {
  const { items, isClosed } = itemsOf(entry, ID_LIST);
  if (!isClosed) {
    reader.teller.tell(
      "unclosedValue",
      placeOf(partOf(entry.inline, 0)),
      "the list is not closed",
      "close it with `]`",
    );
  }
  return items.flatMap(piecesOf).flatMap(({ text, at }) => {
    const read = meaningOf(text) === "nothing" ? undefined : referenceOf(text, reader.path);
    // An address in `<>` looks like a placeholder.
    const meaning = read !== undefined && text.startsWith("<") ? "value" : meaningOf(text);
    if (read?.isWhole === true && meaning === "value") return [{ value: read.reference, at }];
    if (meaning === "undecided") tellUndecided(entry, text, { at, teller: reader.teller });
    else if (meaning === "value") tellUnclear(text, at, { ids: read?.reference.ids, teller: reader.teller });
    return read === undefined || meaning !== "value" ? [] : [{ value: read.reference, at }];
  });
}

function tellUnclear(
  text: string,
  at: Placed<string>["at"],
  { ids, teller }: { readonly ids: readonly string[] | undefined; readonly teller: Teller },
): void {
  const [id] = ids ?? [];
  if (id === undefined) {
    teller.tell(
      "invalidId",
      at,
      `${quoted(text)} names no issue`,
      "write the id of an issue, or a link to its document",
    );
  } else teller.tell("idInText", at, `${quoted(text)} is read as ${quoted(id)}`, "write the id alone");
}

interface Piece {
  readonly text: string;
  readonly at: Placed<string>["at"];
}

/** An item is one name. A plain one may hold several with spaces between them, a quoted one also with commas. */
function piecesOf({ text, quote, source }: Item): Piece[] {
  if (quote === "" && isTrackerId(text)) return [{ text, at: placeOf(source) }];
  if (quote !== "" && (meaningOf(text) !== "value" || source.text.length !== text.length + 2)) {
    return [{ text: text.trim(), at: placeOf(source) }];
  }
  const inner = quote === "" ? source : partOf(source, 1, source.text.length - 1);
  const value = partOf(inner, MEMBER.exec(inner.text)?.[0].length ?? 0);
  const parts = quote === "" ? [value] : splitAt(value, COMMAS);
  return parts.flatMap((part) => {
    const words = splitAt(part, SPACES);
    const names = words.filter((word) => !BETWEEN.test(word.text));
    const pieces = words.length > 1 && names.every((word) => isTrackerId(word.text)) ? names : [part];
    return pieces.map((piece) => ({ text: withoutQuotes(piece.text), at: placeOf(piece) }));
  });
}

const COMMAS = /[^,;]+/g;
const SPACES = /\S+/g;

function withoutQuotes(text: string): string {
  const quote = quoteAt(text, 0);
  return quote !== "" && closingQuote(text, 0) === text.length - 1 ? unquoted(text) : text;
}

/** What matches the pattern, each with its own place; what is blank is left out. */
function splitAt(segment: Segment, pattern: RegExp): Segment[] {
  return [...segment.text.matchAll(pattern)]
    .map(({ 0: text, index }) => partOf(segment, index, index + text.length))
    .filter(({ text }) => text !== "");
}
