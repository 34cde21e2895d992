import {
  byCodeUnit,
  isInside,
  joinRepo,
  ok,
  parentOf,
  type Inspect,
  type RepoPath,
  type SourceText,
} from "@symbiotic-build/engine";
import { configuredIn, type Configured } from "@symbiotic-build/validator";
import type { MypyOptions } from "./options.ts";
import { fromIni, fromTable, type MypyFileSettings } from "./settings.ts";
import { pathsIn, targetsIn } from "./targets.ts";

/** What the plugin knows of a project. */
export type MypyFacts = {
  /** Its modules and stubs, sorted. */
  readonly files: readonly RepoPath[];
  /** The repository uses mypy: it has settings for it, or runs it in pre-commit. */
  readonly isUsed: boolean;
  /** The file that mypy is told to take its settings from. */
  readonly config: RepoPath | null;
  /** What is checked; `null` where the project's own settings say it, and mypy needs no telling. */
  readonly targets: readonly RepoPath[] | null;
  /** Those of the strict paths that lie in this project. */
  readonly strictTargets: readonly RepoPath[];
  /** Globs over the repository: plugins of mypy and folders of stubs that the settings name. */
  readonly named: readonly string[];
  /** What git ignores is left out by mypy. */
  readonly heedsIgnored: boolean;
};

const NOTHING: MypyFileSettings = { files: [], namesModules: false, searched: [], plugins: [], heedsIgnored: false };

/** Reads a project's settings for mypy. */
export const inspect: Inspect<MypyOptions, MypyFacts> = {
  // In one folder mypy takes the first of these that has settings for it.
  texts: ["mypy.ini", ".mypy.ini", "pyproject.toml", "setup.cfg", ".pre-commit-config.yaml"],
  paths: ["**/*.py", "**/*.pyi"],
  facts({ project, texts, paths, options }) {
    const configured = configuredIn(texts, {
      files: ["mypy.ini", ".mypy.ini"],
      table: ["tool", "mypy"],
      sections: { "setup.cfg": /^\[mypy\]/m },
      hooks: ["mypy"],
    });
    if (!configured.ok) return configured;
    const { file: config, isUsed } = configured.value;
    const settings = settingsOf(configured.value, texts);
    const files = [...paths].sort(byCodeUnit);
    return ok({
      files,
      isUsed,
      config,
      targets: config === null ? [project.root] : targetsOf(project.root, config, { settings, files }),
      strictTargets: pathsIn(project.root, options.strictPaths).filter((path) =>
        files.some((file) => isInside(path, file)),
      ),
      named: config === null ? [] : namedBy(settings, parentOf(config)),
      heedsIgnored: settings.heedsIgnored,
    });
  },
};

function settingsOf({ file, table }: Configured, texts: readonly SourceText[]): MypyFileSettings {
  if (file === null) return NOTHING;
  return table === null ? fromIni(texts.find(({ path }) => path === file)?.text ?? "") : fromTable(table);
}

function targetsOf(
  root: RepoPath,
  config: RepoPath,
  { settings, files }: { readonly settings: MypyFileSettings; readonly files: readonly RepoPath[] },
): readonly RepoPath[] | null {
  const named = settings.files;
  if (parentOf(config) === root) return named.length > 0 || settings.namesModules ? null : [root];
  return named.length === 0 ? [root] : targetsIn(root, config, { named, files });
}

function namedBy({ searched, plugins }: MypyFileSettings, folder: RepoPath): readonly string[] {
  const inRepository = (path: string): boolean => !/^[/~$]|^[A-Za-z]:|(^|\/)\.\.(\/|$)/.test(path);
  const at = (path: string): RepoPath => joinRepo(folder, path.replace(/^(\.\/)+|\/+$/g, ""));
  return [
    ...plugins.filter(inRepository).map(at),
    ...searched.filter((path) => path !== "." && inRepository(path)).map((path) => `${at(path)}/**/*.{py,pyi}`),
  ];
}
