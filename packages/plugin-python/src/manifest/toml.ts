import { errorOf, fail, ok, type Diagnostic, type Result, type SourceText } from "@symbiotic-build/engine";
import { parse, TomlError } from "smol-toml";

/** A table of TOML, not looked into yet. */
export type Table = Readonly<Record<string, unknown>>;

/** Parses TOML; a mistake in it is SYM7101 with its place. */
export function parseToml(file: SourceText): Result<Table, Diagnostic> {
  const text = file.text.replace(/^\uFEFF/, "");
  try {
    return ok(parse(text));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return fail(brokenToml(file.path, text, error));
  }
}

function brokenToml(path: string, text: string, error: TomlError): Diagnostic {
  const reason = error.message.split("\n")[0]?.replace(/^Invalid TOML document: /, "") ?? "";
  const excerpt = text.split(/\r?\n/)[error.line - 1];
  return errorOf("SYM7101", `${path} is not valid TOML: ${reason}`, {
    location: { file: path, line: error.line, column: error.column },
    ...(excerpt !== undefined && { excerpt }),
    hint: "correct the file; if it is data rather than a project, name its folder in the python plugin's option `exclude`",
  });
}

/** The table under these keys, empty where there is none. */
export function tableAt(table: Table, ...keys: readonly string[]): Table {
  const value = valueAt(table, ...keys);
  return isTable(value) ? value : {};
}

/** The value under these keys. */
export function valueAt(table: Table, ...keys: readonly string[]): unknown {
  let value: unknown = table;
  for (const key of keys) {
    if (!isTable(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** The text under these keys. */
export function stringAt(table: Table, ...keys: readonly string[]): string | undefined {
  const value = valueAt(table, ...keys);
  return typeof value === "string" ? value : undefined;
}

/** The strings of a value that is a list or one string; anything else in it is left out. */
export function stringsIn(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === "string");
}

/** The tables of a value that is a list or one table. */
export function tablesIn(value: unknown): Table[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter(isTable);
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
