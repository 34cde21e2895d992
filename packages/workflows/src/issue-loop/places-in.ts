import type { PlacedFinding } from "@symbiotic-build/engine";

type Place = PlacedFinding["places"][number];

/** `src/a.py:12`, `src/a.py:12:5`, `src/a.py:12-15`, `src/a.py#L12-L15`, and what may be said behind it. */
const WITH_LINE = /^(.{1,500}?)(?::|#L)(\d{1,7})(?:-L?(\d{1,7})|:(\d{1,7}))?(?=$|[^\w-])/;

/** The places that a piece of evidence may mean, the likeliest first: whoever knows the files takes the first that there is. Pure. */
export function placesIn(evidence: string): readonly Place[] {
  const text = evidence.replaceAll("`", "").trim();
  const [, file, line, to, column] = WITH_LINE.exec(text) ?? [];
  const plain = [text, text.split(/\s/, 1)[0] ?? ""].filter((each) => each !== "").map((each) => ({ file: each }));
  if (file === undefined || Number(line) < 1) return plain;
  const start = { line: Number(line), column: Math.max(1, Number(column ?? 1)) };
  const isAfter = to !== undefined && Number(to) >= start.line;
  return [{ file, range: isAfter ? { start, end: { line: Number(to) + 1, column: 1 } } : { start } }, ...plain];
}
