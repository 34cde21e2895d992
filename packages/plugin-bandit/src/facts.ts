import { byCodeUnit, ok, type Inspect, type RepoPath } from "@symbiotic-build/engine";
import { configuredIn } from "@symbiotic-build/validator";
import type { BanditOptions } from "./options.ts";

/** What the plugin knows of a project. */
export type BanditFacts = {
  /** Its Python files, sorted. */
  readonly files: readonly RepoPath[];
  /** The repository uses bandit: it has settings for it, or runs it in pre-commit. */
  readonly isUsed: boolean;
  /** A `pyproject.toml` with a table for bandit, which reads it only where it is told to. */
  readonly pyproject: RepoPath | null;
  /** Something of what counts for it depends on where bandit is started: a `.bandit`, which it finds by itself, or patterns of paths. */
  readonly isPlaced: boolean;
};

/** Reads a project's settings for bandit. */
export const inspect: Inspect<BanditOptions, BanditFacts> = {
  texts: ["pyproject.toml", ".bandit", ".pre-commit-config.yaml"],
  paths: ["**/*.py", "**/.bandit"],
  facts({ texts, paths }) {
    const configured = configuredIn(texts, { files: [".bandit"], table: ["tool", "bandit"], hooks: ["bandit"] });
    if (!configured.ok) return configured;
    const { file, table, isUsed } = configured.value;
    const hasPatterns = ["exclude_dirs", "include"].some((key) => table?.[key] !== undefined);
    return ok({
      files: paths.filter((path) => path.endsWith(".py")).sort(byCodeUnit),
      isUsed,
      pyproject: table === null ? null : file,
      isPlaced: hasPatterns || paths.some((path) => !path.endsWith(".py")),
    });
  },
};
