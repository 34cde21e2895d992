import type { Entry } from "../front-matter/entry.ts";
import type { Field } from "../front-matter/field.ts";
import type { Teller } from "../teller.ts";

/** The entries of each field, in the order of the document. */
export type Fields = ReadonlyMap<Field, readonly Entry[]>;

const LISTS: ReadonlySet<Field> = new Set<Field>([
  "children",
  "blocked_by",
  "blocking",
  "blocked",
  "depends_on",
  "labels",
  "files",
]);

/** What a key about the order begins with, however it goes on. */
const LOOKS_LIKE_ORDER = /^(?:is)?(?:block|depend)/;

/** Tells of keys that look as if they said what comes first, and are none of ours: an edge would be lost without a word. */
export function tellUnreadKeys(entries: readonly Entry[], { tell }: Teller): void {
  for (const { key, field, at } of entries) {
    if (field !== undefined || !LOOKS_LIKE_ORDER.test(key.toLowerCase().replace(/[^a-z]/g, ""))) continue;
    tell("unreadKey", at, `\`${key}\` is no key that is read`, "write `blocked_by`, `depends_on` or `blocking`");
  }
}

/** Sorts entries by field, and tells of keys that stand there twice. Their lists are joined; of single values the first counts. */
export function fieldsOf(entries: readonly Entry[], { tell }: Teller): Fields {
  const known = entries.flatMap((entry) => (entry.field === undefined ? [] : [{ entry, field: entry.field }]));
  const fields = Map.groupBy(known, ({ field }) => field);
  for (const [field, [first, ...others]] of fields) {
    if (first === undefined) continue;
    for (const { entry } of others) tell("duplicateKey", entry.at, ...doubled(entry, first.entry, LISTS.has(field)));
  }
  return new Map([...fields].map(([field, all]) => [field, all.map(({ entry }) => entry)]));
}

function doubled(entry: Entry, first: Entry, isList: boolean): [message: string, hint: string] {
  const line = String(first.at.line);
  const same = entry.key === first.key ? `\`${entry.key}\`` : `\`${entry.key}\`, which is \`${first.key}\`,`;
  const counts = isList ? "both lists count" : `the value in line ${line} counts`;
  return [`${same} stands here a second time, after line ${line}: ${counts}`, "leave one of the two"];
}
