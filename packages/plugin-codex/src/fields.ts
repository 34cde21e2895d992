import type { JsonValue } from "@symbiotic-build/engine";

/** An object of a line; what is in it is looked at as it is needed. */
export type Fields = { readonly [key: string]: JsonValue };

/** The object that a line is; `undefined` where it is none. */
export function fieldsIn(line: string): Fields | undefined {
  try {
    const value = JSON.parse(line) as JsonValue;
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** An object, or one without anything in it. */
export function fieldsOf(value: JsonValue | undefined): Fields {
  return isFields(value) ? value : {};
}

/** A text, or an empty one. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

/** A number, or 0. */
export function numberOf(value: JsonValue | undefined): number {
  return typeof value === "number" ? value : 0;
}

function isFields(value: JsonValue | undefined): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
