import { isDeepStrictEqual } from "node:util";
import { parseExpression } from "@babel/parser";
import type { TextPair } from "./join-toml.ts";

/** A JSON text with these keys as they are at the base, and the others as they are in the change. Undefined where that cannot be written. */
export function joinJson({ head, base }: TextPair, keys: ReadonlySet<string>): string | undefined {
  try {
    const wanted = merged(JSON.parse(head), JSON.parse(base), keys);
    const text = joined(head, base, keys);
    return isDeepStrictEqual(JSON.parse(text), wanted) ? text : undefined;
  } catch {
    return undefined;
  }
}

function merged(head: unknown, base: unknown, keys: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  const pick = (from: unknown, own: boolean): (readonly [string, unknown])[] =>
    Object.entries(from as object).filter(([key]) => keys.has(key) === own);
  return Object.fromEntries([...pick(head, false), ...pick(base, true)]);
}

function joined(head: string, base: string, keys: ReadonlySet<string>): string {
  const [mine, theirs] = [propertiesIn(head), propertiesIn(base)];
  const own = theirs.filter(({ key }) => keys.has(key)).map(({ text }) => text);
  const place = mine.findIndex(({ key }) => keys.has(key));
  const kept = mine.filter(({ key }) => !keys.has(key)).map(({ text }) => text);
  const at = place < 0 ? kept.length : place;
  const all = [...kept.slice(0, at), ...own, ...kept.slice(at)];
  const [first, last] = [mine[0], mine.at(-1)];
  const [open, close] = [head.indexOf("{") + 1, head.lastIndexOf("}")];
  const before = first === undefined ? "\n  " : head.slice(open, first.start);
  const after = last === undefined ? "\n" : head.slice(last.end, close);
  return head.slice(0, open) + all.map((text) => before + text).join(",") + after + head.slice(close);
}

interface Property {
  readonly key: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The pairs of the outermost object, with their places. */
function propertiesIn(text: string): Property[] {
  const object = parseExpression(text);
  if (object.type !== "ObjectExpression") throw new SyntaxError("no object");
  return object.properties.map((each) => {
    const { start, end } = each;
    if (each.type !== "ObjectProperty" || each.key.type !== "StringLiteral") throw new SyntaxError("no pair");
    if (typeof start !== "number" || typeof end !== "number") throw new SyntaxError("no place");
    return { key: each.key.value, text: text.slice(start, end), start, end };
  });
}
