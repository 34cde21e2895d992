import { entriesOf, type Entry } from "../front-matter/entry.ts";
import { frontMatterOf, type FrontMatter } from "../front-matter/front-matter.ts";
import { scalarOf } from "../front-matter/scalar.ts";
import { indentOf, linesOf, type SourceLine } from "../text/lines.ts";
import { addition } from "./list-style.ts";
import { spliced } from "./splice.ts";

/** A field of an issue that names others. */
export type MendedField = "blocked_by" | "blocking";

const EDGES: ReadonlySet<string | undefined> = new Set(["blocked_by", "depends_on", "blocking", "blocked"]);

/** The document with more ids in a field of its front matter, every other byte as it was; undefined where it has no front matter. */
export function addToField(text: string, field: MendedField, ids: readonly string[]): string | undefined {
  const lines = linesOf(text);
  const matter = frontMatterOf(lines);
  if (matter === undefined) return undefined;
  const { entries } = entriesOf(matter.lines);
  const entry = entries.find((each) => isMeant(each, field));
  const eol = endOf(text, entry?.first ?? lines[0]);
  if (entry !== undefined) return spliced(text, addition(entry, ids, eol));
  return spliced(text, newEntry({ matter, entries, eol }, `${field}: [${ids.join(", ")}]`));
}

function isMeant(entry: Entry, field: MendedField): boolean {
  if (entry.field === field) return true;
  const isList = !/^(?:true|yes|false|no)$/i.test(scalarOf(entry, "plain").value);
  return field === "blocking" && entry.field === "blocked" && isList;
}

/** Below what else says the order, or at the end of the front matter. */
function newEntry(
  { matter, entries, eol }: { readonly matter: FrontMatter; readonly entries: readonly Entry[]; readonly eol: string },
  line: string,
) {
  const sibling = entries.findLast((entry) => EDGES.has(entry.field)) ?? entries.at(-1);
  if (sibling === undefined) {
    const start = matter.before?.start ?? 0;
    return { start, end: start, text: `${line}${eol}` };
  }
  const indent = sibling.first.text.slice(0, indentOf(sibling.first));
  return { start: sibling.last.end, end: sibling.last.end, text: `${eol}${indent}${line}` };
}

function endOf(text: string, line: SourceLine | undefined): string {
  const ending = line === undefined ? "" : text.slice(line.end, line.next);
  return ending === "" ? "\n" : ending;
}
