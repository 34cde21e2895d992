import type { JsonValue } from "../core/json.ts";
import { isPlain } from "../plugin/load.ts";

/** A text longer than this is no answer of a pure function over a few files. */
const MOST = 16 * 1024 * 1024;

/** A value as JSON text; undefined for `undefined`. Throws for what would not arrive as it is, or is beyond measure. */
export function toJsonText(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = plainText(value);
  if (text.length > MOST) throw new TypeError(`it is longer than ${String(MOST / 1024 / 1024)} MiB`);
  return text;
}

function plainText(value: unknown): string {
  try {
    if (!isPlain(value)) throw new TypeError("it is not JSON: no functions, promises, dates or instances of classes");
    return JSON.stringify(value, finite);
  } catch (thrown) {
    // The stack has ended.
    if (thrown instanceof RangeError) throw new TypeError("it is not JSON: it holds itself, or is nested too deep");
    throw thrown;
  }
}

/** A value as JSON; members that are `undefined` are left out. Throws as above. */
export function toJson(value: unknown): JsonValue {
  return JSON.parse(toJsonText(value) ?? "null") as JsonValue;
}

function finite(_key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError(`${String(value)} is not JSON`);
  return value;
}
