import { fieldOf } from "./field.ts";

/** A key with what follows it on its line. */
export interface Key {
  readonly name: string;
  /** The index of the key's first character in the line, and of the first behind the colon. */
  readonly start: number;
  readonly value: number;
}

const LONGEST = 60;
/** As most write a key. */
const USUAL = /^([A-Za-z]\w{0,40}):(?=\s|$)/;
const NAME = /^[A-Za-z][\w .-]*$/;
/** What people put around a key: quotes, or the marks of bold text. */
const AROUND = /^(["'`*]{0,3})(.*?)(["'`*]{0,3})$/;

/**
 * The key that a line of front matter begins with. A colon needs a space behind it, as in YAML, unless the key is one of ours:
 * then `id:M3-04` is read too.
 */
export function keyOf(line: string): Key | undefined {
  const usual = USUAL.exec(line)?.[1];
  if (usual !== undefined) return { name: usual, start: 0, value: usual.length + 1 };
  const colon = line.slice(0, LONGEST + 1).indexOf(":");
  if (colon < 0) return undefined;
  const start = line.length - line.trimStart().length;
  const name = AROUND.exec(line.slice(start, colon).trim())?.[2]?.trim() ?? "";
  if (!NAME.test(name)) return undefined;
  const after = line.charAt(colon + 1);
  const isApart = after === "" || after.trim() === "";
  return isApart || fieldOf(name) !== undefined ? { name, start, value: colon + 1 } : undefined;
}
