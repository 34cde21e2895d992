import { ancestors, parentOf, type RepoPath } from "@symbiotic-build/engine";
import { tableAt } from "@symbiotic-build/validator";
import type { Hooks } from "./pre-commit.ts";
import type { RuffConfig, TomlFile } from "./ruff-config.ts";

/** Which program formats a project's Python, `null` where the repository does not say. */
export type Formatter = "ruff" | "black" | null;

/**
 * A pre-commit hook says what runs, so it counts before a table that may be left over; of the tables the nearest counts,
 * and in one folder black's.
 */
export function formatterOf(hooks: Hooks, files: readonly TomlFile[], config: RuffConfig | undefined): Formatter {
  if (hooks.formatsWithRuff) return "ruff";
  if (hooks.formatsWithBlack) return "black";
  const black = files.find((file) => tableAt(file.table, "tool", "black") !== undefined);
  const ruff = config && tableAt(config.settings, "format") !== undefined ? config : undefined;
  if (ruff === undefined) return black === undefined ? null : "black";
  return black === undefined || isDeeper(ruff.folder, parentOf(black.path)) ? "ruff" : "black";
}

function isDeeper(folder: RepoPath, other: RepoPath): boolean {
  return ancestors(folder).length > ancestors(other).length;
}
