import type { JsonValue } from "@symbiotic-build/engine";

/** A table of a settings file as JSON. */
export type Table = { readonly [key: string]: JsonValue };

/** Whether a value is a table. */
export function isTable(value: JsonValue | undefined): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The table at these keys, if there is one. */
export function tableAt(table: Table, ...keys: readonly string[]): Table | undefined {
  let at: JsonValue | undefined = table;
  for (const key of keys) {
    at = isTable(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return isTable(at) ? at : undefined;
}

/** The text under a key, if it is one. */
export function textAt(table: Table | undefined, key: string): string | undefined {
  const value = table?.[key];
  return typeof value === "string" ? value : undefined;
}

/** The texts in the list under a key; none where there is no such list. */
export function textsAt(table: Table | undefined, key: string): readonly string[] {
  const value = table?.[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
