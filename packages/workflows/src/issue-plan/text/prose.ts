import { bodyLines } from "../../issues/body/body-line.ts";
import type { Section } from "../../issues/body/section.ts";
import { frontMatterOf } from "../../issues/front-matter/front-matter.ts";
import { linesOf } from "../../issues/text/lines.ts";
import { segmentOf, type Segment } from "../../issues/text/segment.ts";

/** A line of what a document says to people: no front matter, no code of a fence, no comment. */
export interface ProseLine {
  readonly segment: Segment;
  readonly section: Section | undefined;
}

/** The lines of a document that say something of its work. What is out of its scope, and how it is verified, says nothing of that. */
export function proseOf(text: string): readonly ProseLine[] {
  const matter = frontMatterOf(linesOf(text));
  return bodyLines(matter?.body ?? [], "all")
    .filter(({ code, section }) => code === undefined && section !== "outside" && section !== "verification")
    .map(({ line, section }) => ({ segment: segmentOf(line, 0), section }));
}
