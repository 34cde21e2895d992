import type { RepoPath } from "@symbiotic-build/engine";
import type { SourceLine } from "../text/lines.ts";
import { plainText } from "../text/plain-text.ts";
import { START, type Placed } from "../text/place.ts";
import { partOf, placeOf, segmentOf } from "../text/segment.ts";
import type { Teller } from "../teller.ts";
import { stemOf } from "../words/document-path.ts";
import { leadingId } from "../words/issue-id.ts";
import type { Fields } from "./fields.ts";
import { singleValue } from "./single-value.ts";

const HEADING = /^#[ \t]+(?=\S)/;

/** The title from the front matter, else the first heading, else the name of the file. */
export function readTitle(
  fields: Fields,
  body: readonly SourceLine[],
  { path, teller }: { readonly path: RepoPath; readonly teller: Teller },
): Placed<string> {
  const written = singleValue(fields, "title", teller);
  if (written !== undefined) return written;
  const line = body.find(({ text }) => HEADING.test(text));
  const heading = line === undefined ? undefined : partOf(segmentOf(line, 0), HEADING.exec(line.text)?.[0].length ?? 0);
  if (heading === undefined) return { value: stemOf(path), at: START };
  return { value: plainText(withoutId(heading.text)), at: placeOf(heading) };
}

/** `M3-04: Load the config` has the title `Load the config`. */
function withoutId(text: string): string {
  const id = leadingId(text);
  const rest = id === undefined ? "" : text.slice(text.indexOf(id) + id.length).replace(/^[\s:–—-]+/, "");
  return rest === "" ? text : rest;
}
