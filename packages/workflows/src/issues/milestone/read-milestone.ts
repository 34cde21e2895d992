import { bodyLines } from "../body/body-line.ts";
import { entriesOf } from "../front-matter/entry.ts";
import { frontMatterOf } from "../front-matter/front-matter.ts";
import { scalarOf } from "../front-matter/scalar.ts";
import type { SourceDocument } from "../issue.ts";
import { linesOf } from "../text/lines.ts";
import { isTemplate, stemOf } from "../words/document-path.ts";
import { meaningOf } from "../words/placeholder.ts";
import { issueMapOf } from "./issue-map.ts";
import type { Milestone } from "./milestone.ts";

const NAMING = ["id", "milestone", "title"] as const;
const HEADING = /^#[ \t]+(?=\S)/;

/** Reads a milestone document; undefined for a template. It needs no front matter: the name of the file is a name, too. */
export function readMilestone({ path, text }: SourceDocument): Milestone | undefined {
  if (isTemplate(path)) return undefined;
  const lines = linesOf(text);
  const matter = frontMatterOf(lines);
  const { entries } = entriesOf(matter?.lines ?? []);
  const named = NAMING.map((field) => entries.find((entry) => entry.field === field))
    .flatMap((entry) => (entry === undefined ? [] : [scalarOf(entry, "text").value]))
    .filter((name) => meaningOf(name) === "value");
  const body = matter?.body ?? lines;
  const heading = body
    .find((line) => HEADING.test(line.text))
    ?.text.replace(HEADING, "")
    .trim();
  const title = entries.find(({ field }) => field === "title");
  return {
    path,
    names: [...new Set([...named, stemOf(path)])],
    title: (title === undefined ? undefined : scalarOf(title, "text").value) ?? heading ?? stemOf(path),
    map: issueMapOf(bodyLines(body), path),
  };
}
