/**
 * Whether some name fits both patterns of one part of a path. `*` takes any characters, `?` and `[…]` one; which one a bracket takes is not
 * looked at. Takes time in proportion to the product of their lengths.
 */
export function namesMeet(a: string, b: string): boolean {
  const [left, right] = [tokensOf(a), tokensOf(b)];
  // reach[j]: the tokens of `left` so far and the first j of `right` can take the same characters.
  let reach = rowOf(right, (j) => right.slice(0, j).every((each) => each === "*"));
  for (const token of left) {
    const before = reach;
    const row: boolean[] = [];
    for (let j = 0; j <= right.length; j += 1) row.push(fitsNext(token, j, { right, before, row }));
    reach = row;
  }
  return reach[right.length] === true;
}

function rowOf(right: readonly string[], fill: (j: number) => boolean): boolean[] {
  return Array.from({ length: right.length + 1 }, (_, j) => fill(j));
}

interface Table {
  readonly right: readonly string[];
  readonly before: readonly boolean[];
  readonly row: readonly boolean[];
}

function fitsNext(token: string, j: number, { right, before, row }: Table): boolean {
  const other = right[j - 1];
  const [up, aside, across] = [before[j] === true, j > 0 && row[j - 1] === true, j > 0 && before[j - 1] === true];
  if (token === "*") return up || aside;
  if (other === "*") return aside || up;
  return other !== undefined && across && (token === other || token === "?" || other === "?");
}

/** One token a character; a bracket counts as `?`, and a backslash takes the next one for itself. */
function tokensOf(pattern: string): readonly string[] {
  const found = pattern.match(/\\[^]|\[[^\]]+\]|[@+!]?\([^)]*\)|[^]/g) ?? [];
  return found.map((token) => {
    if (token.length === 1) return token;
    if (token.startsWith("\\")) return `=${token.slice(1)}`.slice(1);
    return token.startsWith("[") ? "?" : "*";
  });
}
