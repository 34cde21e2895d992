import {
  ancestors,
  fail,
  ok,
  parentOf,
  type Diagnostic,
  type RepoPath,
  type Result,
  type SourceText,
} from "@symbiotic-build/engine";
import { hookIds, readToml, tableAt, type Table } from "@symbiotic-build/validator";

/** Which program formats a project's Python, and the settings of black that count for it. */
export interface Formatting {
  /** `null` where the repository does not say. */
  readonly formatter: "black" | "ruff" | null;
  /** The nearest file with settings for black. */
  readonly file: RepoPath | null;
  readonly table: Table | null;
}

interface Found {
  readonly path: RepoPath;
  readonly table: Table;
}

/** In one folder ruff takes the first of these that has settings for it. */
const RUFF_FILES = [".ruff.toml", "ruff.toml", "pyproject.toml"];

/**
 * Reads it from the texts around a project, nearest first. A pre-commit hook says what runs, so it counts before a table that
 * may be left over; of the tables the nearest counts, and in one folder black's. SYM1451 for what is no TOML.
 */
export function formattingIn(texts: readonly SourceText[]): Result<Formatting, readonly Diagnostic[]> {
  const files = texts
    .filter(({ path }) => path.endsWith(".toml"))
    .map((source) => ({ source, read: readToml(source) }));
  const broken = files.flatMap(({ read }) => (read.ok ? [] : [read.error]));
  if (broken.length > 0) return fail(broken);
  const tables = files.flatMap(({ source, read }) => (read.ok ? [{ path: source.path, table: read.value }] : []));
  const black = nearest(
    tables.filter(({ path }) => nameOf(path) === "pyproject.toml"),
    "tool",
    "black",
  );
  const ruff = ruffSettings(tables);
  return ok({ formatter: formatterOf(texts, black, ruff), file: black?.path ?? null, table: black?.table ?? null });
}

function formatterOf(
  texts: readonly SourceText[],
  black: Found | undefined,
  ruff: Found | undefined,
): Formatting["formatter"] {
  const hooks = hookIds(texts);
  if (hooks.has("ruff-format")) return "ruff";
  if (hooks.has("black") || hooks.has("black-jupyter")) return "black";
  const formats = ruff !== undefined && tableAt(ruff.table, "format") !== undefined;
  if (!formats) return black === undefined ? null : "black";
  return black === undefined || depthOf(ruff.path) > depthOf(black.path) ? "ruff" : "black";
}

/** The nearest settings of ruff: a file of its own in one folder stands before the manifest. */
function ruffSettings(tables: readonly Found[]): Found | undefined {
  const found = tables.flatMap(({ path, table }) => {
    const settings = nameOf(path) === "pyproject.toml" ? tableAt(table, "tool", "ruff") : table;
    return settings === undefined ? [] : [{ path, table: settings }];
  });
  const folder = found[0] && parentOf(found[0].path);
  const beside = found.filter(({ path }) => parentOf(path) === folder);
  return RUFF_FILES.flatMap((name) => beside.filter(({ path }) => nameOf(path) === name))[0];
}

function nearest(tables: readonly Found[], ...keys: readonly string[]): Found | undefined {
  for (const { path, table } of tables) {
    const at = tableAt(table, ...keys);
    if (at !== undefined) return { path, table: at };
  }
  return undefined;
}

function nameOf(path: RepoPath): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function depthOf(path: RepoPath): number {
  return ancestors(parentOf(path)).length;
}
