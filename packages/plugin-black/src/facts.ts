import { byCodeUnit, ok, type Inspect, type RepoPath } from "@symbiotic-build/engine";
import { textAt } from "@symbiotic-build/validator";
import { formattingIn, type Formatting } from "./formatter.ts";
import type { BlackOptions } from "./options.ts";

/** What the plugin knows of a project. */
export type BlackFacts = {
  /** Its modules, stubs and notebooks, sorted. */
  readonly files: readonly RepoPath[];
  readonly formatter: Formatting["formatter"];
  /** The file with the settings of black. */
  readonly config: RepoPath | null;
  /** The settings say which names black looks at, and no longer the ends that it knows. */
  readonly includes: boolean;
  /** The settings say what is left out besides: then nothing can be added to it. */
  readonly excludes: boolean;
};

/** Reads which program formats a project, and its settings for black. */
export const inspect: Inspect<BlackOptions, BlackFacts> = {
  texts: ["pyproject.toml", "ruff.toml", ".ruff.toml", ".pre-commit-config.yaml"],
  paths: ["**/*.py", "**/*.pyi", "**/*.ipynb"],
  facts({ texts, paths }) {
    const formatting = formattingIn(texts);
    if (!formatting.ok) return formatting;
    const { formatter, file, table } = formatting.value;
    const has = (...keys: readonly string[]): boolean => keys.some((key) => textAt(table ?? {}, key) !== undefined);
    return ok({
      files: [...paths].sort(byCodeUnit),
      formatter,
      config: file,
      includes: has("include"),
      excludes: has("extend-exclude", "extend_exclude"),
    });
  },
};
