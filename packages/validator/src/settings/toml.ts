import {
  errorOf,
  fail,
  ok,
  type Diagnostic,
  type JsonValue,
  type Result,
  type SourceText,
} from "@symbiotic-build/engine";
import { parse, TomlError, type TomlValue } from "smol-toml";
import type { Table } from "./table.ts";

/** Many projects share the files of the folders above them. */
const known = new WeakMap<SourceText, Result<Table, Diagnostic>>();

/** Reads a TOML file as JSON: dates become text. What is not TOML is a SYM1451 with its place. */
export function readToml(source: SourceText): Result<Table, Diagnostic> {
  const result = known.get(source) ?? parseToml(source);
  known.set(source, result);
  return result;
}

function parseToml(source: SourceText): Result<Table, Diagnostic> {
  try {
    return ok(toTable(parse(source.text)));
  } catch (error) {
    if (error instanceof TomlError) return fail(notToml(source, error));
    throw error;
  }
}

function toTable(table: { readonly [key: string]: TomlValue }): Table {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, toJson(value)]));
}

function toJson(value: TomlValue): JsonValue {
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  return typeof value === "object" ? toTable(value) : value;
}

function notToml(source: SourceText, error: TomlError): Diagnostic {
  const message = (error.message.split("\n")[0] ?? "").replace(/^Invalid TOML document: /, "");
  const excerpt = source.text.split(/\r?\n/)[error.line - 1];
  return errorOf("SYM1451", `${source.path} is not TOML: ${message}`, {
    location: { file: source.path, line: error.line, column: error.column },
    ...(excerpt === undefined ? {} : { excerpt }),
    hint: "correct the file: the tools that take their settings from it cannot read it either",
  });
}
