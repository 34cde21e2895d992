/** A number with its noun: `1 finding`, `2 findings`, `2 dependencies`. */
export function count(number: number, noun: string): string {
  if (number === 1) return `1 ${noun}`;
  return `${String(number)} ${/[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;
}
