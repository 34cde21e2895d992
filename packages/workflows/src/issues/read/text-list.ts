import type { Field } from "../front-matter/field.ts";
import { itemsOf } from "../front-matter/items.ts";
import type { Placed } from "../text/place.ts";
import { plainText } from "../text/plain-text.ts";
import { placeOf } from "../text/segment.ts";
import { meaningOf } from "../words/placeholder.ts";
import type { Fields } from "./fields.ts";

/** The values of a field that lists texts, labels or paths; placeholders are left out. */
export function textList(fields: Fields, field: Field): Placed<string>[] {
  const rule = { comments: field === "labels" ? "text" : "plain", separators: "," } as const;
  return (fields.get(field) ?? [])
    .flatMap((entry) => itemsOf(entry, rule).items)
    .map(({ text, source }) => ({ value: plainText(text), at: placeOf(source) }))
    .filter(({ value }) => meaningOf(value) === "value");
}
