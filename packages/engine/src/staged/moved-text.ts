/** Folders that lie elsewhere for another tree: from where to where, absolute, the innermost first. */
export type Moves = readonly (readonly [from: string, to: string])[];

/** A text in which the folders that moved are named by their new places; a longer name that only begins alike stays. */
export function movedText(text: string, moves: Moves): string {
  return moves.flatMap(spellings).reduce((all, [from, to]) => {
    return all.includes(from) ? all.replaceAll(pattern(from), () => to) : all;
  }, text);
}

/** Variables whose values name folders that moved, by their new places. */
export function movedVariables(
  variables: Readonly<Record<string, string | undefined>>,
  moves: Moves,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, value === undefined ? value : movedText(value, moves)]),
  );
}

/** A path on Windows is written in three ways: as it is, in a string of a program, and in a URL. */
function spellings([from, to]: Moves[number]): Moves {
  if (!from.includes("\\")) return [[from, to]];
  const escaped = (path: string): string => path.replaceAll("\\", "\\\\");
  const forward = (path: string): string => path.replaceAll("\\", "/");
  return [
    [escaped(from), escaped(to)],
    [from, to],
    [forward(from), forward(to)],
  ];
}

/** Not within a longer name: `/src/app` is neither `/my/src/app` nor `/src/app-2`. */
function pattern(folder: string): RegExp {
  const escaped = folder.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\w.~+-]|[^/:]\/)${escaped}(?![\w~+-]|\.\w)`, "g");
}
