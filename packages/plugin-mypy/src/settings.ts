import { isTable, type Table } from "@symbiotic-build/validator";
import type { JsonValue } from "@symbiotic-build/engine";

/** Those of mypy's settings that say what it reads. */
export interface MypyFileSettings {
  /** What is checked where the command line names nothing: files, folders and globs, from the settings' folder. */
  readonly files: readonly string[];
  /** It names packages or modules to check, which mypy has to find by itself. */
  readonly namesModules: boolean;
  /** Folders in which imports are looked up, from where mypy is started. */
  readonly searched: readonly string[];
  /** Plugins of mypy that are files, from the settings' folder. */
  readonly plugins: readonly string[];
  /** Files that git ignores are left out, so what it ignores matters. */
  readonly heedsIgnored: boolean;
}

/** Reads `[tool.mypy]` of a `pyproject.toml`. */
export function fromTable(table: Table): MypyFileSettings {
  return settingsOf((key) => wordsOf(table[key]));
}

/** Reads the section `[mypy]` of an INI file. */
export function fromIni(text: string): MypyFileSettings {
  const values = sectionOf(text);
  return settingsOf((key) => words(values.get(key) ?? ""));
}

function settingsOf(get: (key: string) => readonly string[]): MypyFileSettings {
  const here = (path: string): string =>
    path.replace(/^\$(MYPY_CONFIG_FILE_DIR|\{MYPY_CONFIG_FILE_DIR\})\/?/, "") || ".";
  return {
    files: get("files").map(here),
    namesModules: get("packages").length > 0 || get("modules").length > 0,
    searched: get("mypy_path")
      .flatMap((each) => each.split(":"))
      .map(here),
    plugins: get("plugins")
      .map((each) => here(each.replace(/\.py:[^/]*$/, ".py")))
      .filter((each) => each.endsWith(".py")),
    heedsIgnored: get("exclude_gitignore").some((value) => /^(true|yes|on|1)$/i.test(value)),
  };
}

function wordsOf(value: JsonValue | undefined): readonly string[] {
  if (value === undefined || value === null || isTable(value)) return [];
  return (Array.isArray(value) ? value : [value]).flatMap((each) => words(String(each)));
}

function words(text: string): readonly string[] {
  return text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

/** Lines that are indented go on with the value before them, as in Python's configparser. */
function sectionOf(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let [isMypy, last] = [false, ""];
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*([#;]|$)/.test(line)) continue;
    const section = /^\[(.*)\]/.exec(line)?.[1];
    if (section !== undefined) [isMypy, last] = [section === "mypy", ""];
    else if (isMypy) last = take(values, line, last);
  }
  return values;
}

function take(values: Map<string, string>, line: string, last: string): string {
  const [, key = "", value = ""] = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*)$/.exec(line) ?? [];
  if (key === "") {
    values.set(last, `${values.get(last) ?? ""}\n${line.trim()}`);
    return last;
  }
  values.set(key.toLowerCase(), value);
  return key.toLowerCase();
}
