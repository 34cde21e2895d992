const LONGEST = 60;
/** Control characters, and those that turn the direction of what follows: no title needs them, and terminals obey them. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;

/** Text of a document on one line, without what a terminal would obey. */
export function plainText(text: string): string {
  return text.replace(CONTROLS, " ").trim().toWellFormed();
}

/** Text of a document as a message quotes it: on one line, cut where it is long. */
export function quoted(text: string): string {
  const plain = plainText(text);
  return `\`${plain.length > LONGEST ? `${plain.slice(0, LONGEST - 1)}…` : plain}\``.toWellFormed();
}

/** `3 issues`. */
export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? "" : "s"}`;
}
