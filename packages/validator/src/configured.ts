import { fail, ok, type Diagnostic, type RepoPath, type Result, type SourceText } from "@symbiotic-build/engine";
import { hookIds } from "./settings/hooks.ts";
import { tableAt, type Table } from "./settings/table.ts";
import { readToml } from "./settings/toml.ts";

/** By what a repository says that it uses a tool. */
export interface ConfiguredBy {
  /** Names of files that hold nothing but settings of the tool: `mypy.ini`. */
  readonly files?: readonly string[];
  /** Its table in `pyproject.toml`, as keys: `["tool", "mypy"]`. */
  readonly table?: readonly string[];
  /** Sections of INI files, by the file's name: `{ "setup.cfg": /^\[mypy/m }`. */
  readonly sections?: Readonly<Record<string, RegExp>>;
  /** Ids of its pre-commit hooks. */
  readonly hooks?: readonly string[];
}

/** What a repository says of a tool. */
export interface Configured {
  /** The nearest file with settings for the tool, `null` where there is none. */
  readonly file: RepoPath | null;
  /** Its table, where that file is a `pyproject.toml`. */
  readonly table: Table | null;
  /** Whether the repository uses the tool: it has settings for it, or runs it in pre-commit. */
  readonly isUsed: boolean;
}

/** Whether and where a repository configures a tool, from the texts around a project, nearest first. SYM1451 for what is no TOML. */
export function configuredIn(
  texts: readonly SourceText[],
  by: ConfiguredBy,
): Result<Configured, readonly Diagnostic[]> {
  const hooked = (by.hooks ?? []).some((id) => hookIds(texts).has(id));
  for (const source of texts) {
    const name = source.path.slice(source.path.lastIndexOf("/") + 1);
    if (by.files?.includes(name) === true || by.sections?.[name]?.test(source.text) === true)
      return ok({ file: source.path, table: null, isUsed: true });
    if (name !== "pyproject.toml" || by.table === undefined) continue;
    const toml = readToml(source);
    if (!toml.ok) return fail([toml.error]);
    const table = tableAt(toml.value, ...by.table);
    if (table !== undefined) return ok({ file: source.path, table, isUsed: true });
  }
  return ok({ file: null, table: null, isUsed: hooked });
}
