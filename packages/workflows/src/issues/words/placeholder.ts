/** What says that there is nothing. */
const NOTHING = new Set([
  "",
  "~",
  "-",
  "–",
  "—",
  "null",
  "nil",
  "none",
  "n/a",
  "na",
  "no",
  "nothing",
  "[]",
  "{}",
  "false",
]);
/** What says that something is still to be written. */
const UNDECIDED = new Set(["tbd", "todo", "tba", "?", "??", "???", "...", "…", "xxx", "fixme", "unknown"]);
const TEMPLATE = /^<[^<>]*>$|\{\{|^\$\{[^}]*\}$|^\[(?:id|title|tbd|todo|none|n\/a)\]$/i;

/** What a text means where a value belongs: a value, nothing, or something that is still to be written. */
export type Meaning = "value" | "nothing" | "undecided";

/** Tells placeholders from values: `None` means nothing, `TBD`, `<id>` and `{{ id }}` are still to be written. */
export function meaningOf(text: string): Meaning {
  const folded = text.trim().toLowerCase();
  if (NOTHING.has(folded)) return "nothing";
  return UNDECIDED.has(folded) || TEMPLATE.test(folded) ? "undecided" : "value";
}
