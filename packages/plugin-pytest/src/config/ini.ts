import { fail, ok, type Result } from "@symbiotic-build/engine";

/** Sections by name, each a map from key to value; the lines of a value that goes on are joined with `\n`. */
export type Ini = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Why a text is not INI, and where; lines and columns count from 1. */
export interface IniError {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

interface Reading {
  readonly sections: Map<string, Map<string, string>>;
  section: Map<string, string> | undefined;
  key: string | undefined;
}

/**
 * Reads an INI text as pytest and coverage.py do: `[section]`, `key = value` or `key: value`, deeper lines go on with the
 * value above, `#` and `;` begin a line of comment. Keys keep their case; there is no interpolation.
 */
export function parseIni(text: string): Result<Ini, IniError> {
  const reading: Reading = { sections: new Map(), section: undefined, key: undefined };
  for (const [index, raw] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .entries()) {
    const message = /^\s*([#;]|$)/.test(raw) ? undefined : readLine(reading, raw.trimEnd());
    if (message !== undefined)
      return fail({ message, line: index + 1, column: raw.length - raw.trimStart().length + 1 });
  }
  return ok(reading.sections);
}

function readLine(reading: Reading, line: string): string | undefined {
  if (/^\s/.test(line)) return readContinuation(reading, line.trim());
  if (line.startsWith("[")) return readSection(reading, line);
  return readEntry(reading, line);
}

function readSection(reading: Reading, line: string): string | undefined {
  const name = /^\[([^\]]+)\]\s*([#;].*)?$/.exec(line)?.[1]?.trim();
  if (name === undefined) return "a section begins with `[`, a name and `]` in one line";
  if (reading.sections.has(name)) return `the section [${name}] is there twice`;
  reading.section = new Map();
  reading.key = undefined;
  reading.sections.set(name, reading.section);
  return undefined;
}

function readEntry(reading: Reading, line: string): string | undefined {
  const [, key, value] = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(line) ?? [];
  if (key === undefined || value === undefined)
    return "neither a section, nor `key = value`, nor the going on of a value";
  if (reading.section === undefined) return `\`${key}\` stands before the first section`;
  if (reading.section.has(key)) return `\`${key}\` is there twice in its section`;
  reading.section.set(key, value);
  reading.key = key;
  return undefined;
}

function readContinuation(reading: Reading, text: string): string | undefined {
  if (reading.section === undefined || reading.key === undefined)
    return "this line is indented, but goes on with no value";
  const before = reading.section.get(reading.key) ?? "";
  reading.section.set(reading.key, before === "" ? text : `${before}\n${text}`);
  return undefined;
}
