import { byCodeUnit, ok, parentOf, type Inspect, type RepoPath } from "@symbiotic-build/engine";
import { configuredIn, relativeImports } from "@symbiotic-build/validator";
import type { PrettierOptions } from "./options.ts";
import { CONFIGS, FORMATTED } from "./settings.ts";

/** What the plugin knows of a project. */
export type PrettierFacts = {
  /** Its files that Prettier may format, sorted. */
  readonly files: readonly RepoPath[];
  /** The nearest file with settings, or that names Prettier as a dependency. */
  readonly config: RepoPath | null;
  /** The repository formats with Prettier: it has settings for it, depends on it, or runs it in pre-commit. */
  readonly isUsed: boolean;
  /** Where Prettier is to start: it takes ignore files from there alone. */
  readonly start: RepoPath;
  /** Files of the repository that the settings name. */
  readonly imports: readonly RepoPath[];
};

/** As a dependency, or as the key that holds settings. */
const PACKAGE = /"prettier"\s*:/;

/** Reads a project's settings for Prettier. */
export const inspect: Inspect<PrettierOptions, PrettierFacts> = {
  texts: [...CONFIGS, "package.json", "package.yaml", ".prettierignore", ".pre-commit-config.yaml"],
  paths: FORMATTED,
  facts({ project, texts, paths }) {
    const sections = { "package.json": PACKAGE, "package.yaml": /^\s*prettier:/m };
    const configured = configuredIn(texts, { files: CONFIGS, sections, hooks: ["prettier"] });
    if (!configured.ok) return configured;
    const { file, isUsed } = configured.value;
    const ignores = texts.find(({ path }) => path.endsWith(".prettierignore"))?.path;
    return ok({
      files: [...paths].sort(byCodeUnit),
      config: file,
      isUsed,
      start: ignores === undefined ? project.root : parentOf(ignores),
      imports: texts.filter(({ path }) => path === file).flatMap(relativeImports),
    });
  },
};
