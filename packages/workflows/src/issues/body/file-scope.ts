import type { Teller } from "../teller.ts";
import type { Placed } from "../text/place.ts";
import { quoted } from "../text/plain-text.ts";
import { normalPath } from "../text/relative-path.ts";
import { placeOf, segmentOf, type Segment } from "../text/segment.ts";
import type { BodyLine } from "./body-line.ts";
import { inlineCode } from "./inline-code.ts";
import { listItemOf } from "./list-item.ts";

const PATH = /^[^\s`"'<>|]{1,500}$/;
const LINK = /^\[[^[\]]{0,300}\]\(([^()\s]{1,400})\)/;

/** The globs and paths in the sections about files: items of lists, what stands between backticks in them, lines of fenced code. */
export function filesOfBody(lines: readonly BodyLine[]): Placed<string>[] {
  return lines
    .filter(({ section }) => section === "files")
    .flatMap(({ line, code }) => (code === undefined ? ofItem(segmentOf(line, 0)) : [segmentOf(line, 0)]))
    .map((part) => ({ value: part.text.trim(), at: placeOf(part) }))
    .filter(({ value }) => looksLikePath(value));
}

function ofItem(segment: Segment): Segment[] {
  const item = listItemOf(segment);
  if (item === undefined) return [];
  const codes = inlineCode(item.content);
  if (codes.length > 0) return codes;
  const linked = LINK.exec(item.content.text)?.[1];
  const first = linked ?? item.content.text.split(/\s/, 1)[0] ?? "";
  return [{ ...item.content, text: first.replace(/[:,]$/, "") }];
}

function looksLikePath(text: string): boolean {
  return (
    PATH.test(text) &&
    !/^[a-z][a-z0-9+.-]*:\/\//i.test(text) &&
    (/[/*]/.test(text) || /[^.]\.[A-Za-z0-9]{1,8}$/.test(text))
  );
}

/** The scope with `./` and the like taken out, each path once; what leads out of the repository is told, and apart. */
export function withinRepository(
  files: readonly Placed<string>[],
  { tell }: Teller,
): { readonly files: Placed<string>[]; readonly astray: Placed<string>[] } {
  const kept = new Map<string, Placed<string>>();
  const astray: Placed<string>[] = [];
  for (const { value, at } of files) {
    const path = normalPath(value);
    if (path === undefined) {
      astray.push({ value, at });
      tell("pathOutside", at, `${quoted(value)} leads out of the repository`, "write it from the root");
    } else if (!kept.has(path)) kept.set(path, { value: path, at });
  }
  return { files: [...kept.values()], astray };
}
