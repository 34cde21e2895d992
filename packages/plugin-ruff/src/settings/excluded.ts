import { ancestors, parentOf, type RepoPath } from "@symbiotic-build/engine";
import { textsAt } from "@symbiotic-build/validator";
import { matchesPattern } from "./glob.ts";
import { governing, type RuffConfig } from "./ruff-config.ts";

/** What ruff leaves out where `exclude` is not set, as of ruff 0.17. */
export const DEFAULT_EXCLUDE: readonly string[] = [
  ".bzr",
  ".direnv",
  ".eggs",
  ".git",
  ".git-rewrite",
  ".hg",
  ".ipynb_checkpoints",
  ".mypy_cache",
  ".nox",
  ".pants.d",
  ".pyenv",
  ".pytest_cache",
  ".pytype",
  ".ruff_cache",
  ".svn",
  ".tox",
  ".venv",
  ".vscode",
  "__pypackages__",
  "_build",
  "buck-out",
  "dist",
  "node_modules",
  "site-packages",
  "venv",
];

/** What these settings leave out of a run of ruff. */
export function exclusions(config: Pick<RuffConfig, "settings">): readonly string[] {
  const { settings } = config;
  const exclude = "exclude" in settings ? textsAt(settings, "exclude") : DEFAULT_EXCLUDE;
  return [...exclude, ...textsAt(settings, "extend-exclude")];
}

/**
 * The settings file above a project that keeps ruff out of the project's folder when it is run at the repository's root.
 * Ruff started inside that folder would not notice.
 */
export function excludedBy(configs: readonly RuffConfig[], root: RepoPath): RepoPath | null {
  for (const folder of ancestors(root)) {
    if (folder === ".") continue;
    const config = governing(configs, parentOf(folder));
    if (config && exclusions(config).some((pattern) => matchesPattern(pattern, config.folder, folder)))
      return config.path;
  }
  return null;
}
