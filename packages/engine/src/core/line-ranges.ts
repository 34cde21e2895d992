/** Lines of a file from the first to the last, both included; from 1. */
export type LineRange = readonly [first: number, last: number];

/** No source has more lines: what says so is not believed. */
const MOST_LINES = 1_000_000;

/** The ranges of a text such as `1-4,7`: sorted, none touches another. Parts that are no ranges are left out. */
export function parseRanges(text: string): readonly LineRange[] {
  const ranges = text.split(",").flatMap((part): LineRange[] => {
    const [, from = "", to = from] = /^\s*(\d{1,7})(?:-(\d{1,7}))?\s*$/.exec(part) ?? [];
    const [first, last] = [Number(from), Number(to)];
    return from !== "" && first >= 1 && last >= first && last <= MOST_LINES ? [[first, last]] : [];
  });
  return joined(ranges);
}

/** The lines of both. */
export function union(a: readonly LineRange[], b: readonly LineRange[]): readonly LineRange[] {
  return joined([...a, ...b]);
}

/** The lines of the first that are not in the second; the second as `union` makes it. */
export function without(a: readonly LineRange[], b: readonly LineRange[]): readonly LineRange[] {
  return a.flatMap(([first, last]) => {
    const left: LineRange[] = [];
    let next = first;
    for (const [from, to] of b) {
      if (to < next) continue;
      if (from > last) break;
      if (from > next) left.push([next, from - 1]);
      next = to + 1;
    }
    return next <= last ? [...left, [next, last] as const] : left;
  });
}

/** How many lines these are. */
export function countLines(ranges: readonly LineRange[]): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** `1-4,7` of these. */
export function rangesText(ranges: readonly LineRange[]): string {
  return ranges.map(([first, last]) => (first === last ? String(first) : `${String(first)}-${String(last)}`)).join(",");
}

function joined(ranges: readonly LineRange[]): readonly LineRange[] {
  const sorted = ranges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const all: LineRange[] = [];
  for (const [first, last] of sorted) {
    const before = all.at(-1);
    if (before !== undefined && first <= before[1] + 1) all[all.length - 1] = [before[0], Math.max(before[1], last)];
    else all.push([first, last]);
  }
  return all;
}

/** The ranges of these lines, in any order. */
export function rangesOf(lines: Iterable<number>): readonly LineRange[] {
  return joined([...lines].map((line) => [line, line]));
}

/** The lines that are in both, each as `union` makes it. */
export function intersection(a: readonly LineRange[], b: readonly LineRange[]): readonly LineRange[] {
  return a.flatMap(([first, last]) =>
    b.flatMap(([from, to]): LineRange[] =>
      from <= last && to >= first ? [[Math.max(first, from), Math.min(last, to)]] : [],
    ),
  );
}
