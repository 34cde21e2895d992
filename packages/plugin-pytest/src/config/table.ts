/** A table of a settings file, of which nothing is known yet. */
export type Table = Readonly<Record<string, unknown>>;

/** The table at this path; empty where there is none. */
export function tableAt(table: Table, ...path: readonly string[]): Table {
  let at: unknown = table;
  for (const key of path) at = isTable(at) ? at[key] : undefined;
  return isTable(at) ? at : {};
}

/** Whether the value is a table. */
export function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** The strings of a list; none where it is no list. */
export function stringsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
