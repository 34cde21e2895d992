import type { RepoPath } from "@symbiotic-build/engine";
import type { Entry } from "../front-matter/entry.ts";
import { scalarOf } from "../front-matter/scalar.ts";
import { referenceOf } from "../reference.ts";
import type { Teller } from "../teller.ts";
import { quoted } from "../text/plain-text.ts";
import { START, type Placed } from "../text/place.ts";
import { stemOf } from "../words/document-path.ts";
import { idOfFileName } from "../words/issue-id.ts";
import { meaningOf } from "../words/placeholder.ts";
import type { Fields } from "./fields.ts";

/** The id of a document, and whether it is taken from the name of its file. */
export interface ReadId {
  readonly id: Placed<string>;
  readonly isDerived: boolean;
}

interface Reader {
  readonly path: RepoPath;
  readonly teller: Teller;
}

/** The id from the front matter, else from the file name; undefined where neither has one, which is told. */
export function readId(fields: Fields, reader: Reader): ReadId | undefined {
  const [entry] = fields.get("id") ?? [];
  const written = entry === undefined ? undefined : writtenId(entry, reader);
  if (written !== undefined) return { id: written, isDerived: false };
  const at = entry?.at ?? START;
  const derived = idOfFileName(stemOf(reader.path));
  if (derived === undefined) {
    const hint = "write `id:` and an id, such as `id: M3-04`, into the front matter";
    reader.teller.tell("noId", at, "this issue has no id, and its file name has none", hint);
    return undefined;
  }
  const hint = `write \`id: ${derived}\` into the front matter`;
  reader.teller.tell(
    "idFromFileName",
    at,
    `no id is written here: ${quoted(derived)} is taken from the file name`,
    hint,
  );
  return { id: { value: derived, at }, isDerived: true };
}

function writtenId(entry: Entry, { path, teller }: Reader): Placed<string> | undefined {
  const { value, at } = scalarOf(entry, "ids");
  const meaning = meaningOf(value);
  if (meaning === "nothing") return undefined;
  const read = meaning === "value" ? referenceOf(value, path) : undefined;
  const [id] = read?.reference.ids ?? [];
  if (id === undefined) {
    const hint = "an id is letters and digits with `-`, `_`, `.` or `/` between them, such as M3-04";
    if (meaning === "undecided")
      teller.tell("placeholder", at, `\`id\` is ${quoted(value)}: still to be written`, hint);
    else teller.tell("invalidId", at, `${quoted(value)} is no id`, hint);
    return undefined;
  }
  if (read?.isWhole === false)
    teller.tell("idInText", at, `${quoted(value)} is read as ${quoted(id)}`, "write the id alone");
  return { value: id, at };
}
