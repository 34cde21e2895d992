/** Folders that lie elsewhere for another tree: from where to where, absolute, the innermost first. */
export type Moves = readonly (readonly [from: string, to: string])[];

/** A text in which the folders that moved are named by their new places; a longer name that only begins alike stays. */
export function movedText(text: string, moves: Moves): string {
  return moves.reduce((all, [from, to]) => (all.includes(from) ? all.replaceAll(pattern(from), () => to) : all), text);
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

function pattern(folder: string): RegExp {
  const escaped = folder.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\w.~+/\\-])${escaped}(?![\w.~+-])`, "g");
}
