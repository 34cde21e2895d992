import { errorOf, fail, ok, type Diagnostic, type Result, type SourceText } from "@symbiotic-build/engine";
import { parse, TomlError } from "smol-toml";
import { parseIni } from "./ini.ts";
import type { Table } from "./table.ts";

/** Settings files of a project and of the folders above it, each parsed when it is asked for. */
export interface SettingsFiles {
  /** The files that there are, nearest first. */
  readonly all: readonly SourceText[];
  /** The contents; for INI a table of sections. */
  read(file: SourceText): Result<Table, Diagnostic>;
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Many projects share the files of the folders above them. */
const known = new WeakMap<SourceText, Result<Table, Diagnostic>>();

/** Makes the reader; no file is parsed twice. */
export function settingsFiles(all: readonly SourceText[]): SettingsFiles {
  return {
    all,
    read(file) {
      const result = known.get(file) ?? parseFile(file);
      known.set(file, result);
      return result;
    },
  };
}

function parseFile(file: SourceText): Result<Table, Diagnostic> {
  return file.path.endsWith(".toml") ? parseTomlFile(file) : parseIniFile(file);
}

function parseTomlFile(file: SourceText): Result<Table, Diagnostic> {
  try {
    return ok(parse(file.text.replace(/^\uFEFF/, "")));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const message = error.message.replace(/^Invalid TOML document: /, "").split("\n", 1)[0] ?? "";
    return fail(
      broken(file, "SYM1701", { message: `not valid TOML: ${message}`, line: error.line, column: error.column }),
    );
  }
}

function parseIniFile(file: SourceText): Result<Table, Diagnostic> {
  const parsed = parseIni(file.text);
  if (!parsed.ok)
    return fail(broken(file, "SYM1702", { ...parsed.error, message: `not valid INI: ${parsed.error.message}` }));
  return ok(Object.fromEntries([...parsed.value].map(([name, section]) => [name, Object.fromEntries(section)])));
}

function broken(
  file: SourceText,
  code: string,
  at: { readonly message: string; readonly line: number; readonly column: number },
): Diagnostic {
  const excerpt = file.text.split(/\r\n|\n|\r/)[at.line - 1];
  return errorOf(code, `${file.path} is ${at.message}`, {
    location: { file: file.path, line: at.line, column: at.column },
    ...(excerpt === undefined ? {} : { excerpt }),
    hint: "pytest reads its settings from this file: correct the line",
  });
}
