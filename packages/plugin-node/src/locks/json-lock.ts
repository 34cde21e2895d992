import type { JsonValue } from "@symbiotic-build/engine";

/** An object of JSON. */
export type Fields = Readonly<Record<string, JsonValue>>;

/** The object that a text is; `undefined` where it is none. */
export function parseJson(text: string): Fields | undefined {
  try {
    const value = JSON.parse(text.replace(/^\uFEFF/, "")) as JsonValue;
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is an object. */
export function isFields(value: JsonValue | undefined): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object itself; an empty one where it is none. */
export function fieldsOf(value: JsonValue | undefined): Fields {
  return isFields(value) ? value : {};
}
