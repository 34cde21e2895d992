import {
  byCodeUnit,
  fail,
  ok,
  type Diagnostic,
  type Inspect,
  type RepoPath,
  type Result,
  type SourceText,
} from "@symbiotic-build/engine";
import { readToml, textsAt } from "@symbiotic-build/validator";
import type { RuffOptions } from "./options.ts";
import { embeddedSettings, type EmbeddedSettings } from "./settings/embedded.ts";
import { excludedBy } from "./settings/excluded.ts";
import { formatterOf, type Formatter } from "./settings/formatter.ts";
import { toEngineGlob } from "./settings/glob.ts";
import { pinOf } from "./settings/pinned.ts";
import { readHooks } from "./settings/pre-commit.ts";
import { extended, ruffConfigs, type TomlFile } from "./settings/ruff-config.ts";

/** What the plugin knows of a project. */
export type RuffFacts = {
  readonly hasPython: boolean;
  /** Since 0.16 ruff formats the Python in Markdown too. */
  readonly hasMarkdown: boolean;
  /** The file that ruff takes its settings from. */
  readonly configFile: RepoPath | null;
  /** The repository has settings for ruff, or runs it in pre-commit. */
  readonly lintConfigured: boolean;
  /** The repository formats with ruff. */
  readonly formatConfigured: boolean;
  readonly formatter: Formatter;
  /** Which ruff the repository asks for and where: `0.4.10 (uv.lock)`. */
  readonly pinned: string | null;
  /** The file that keeps ruff out of this project's folder. */
  readonly excludedBy: RepoPath | null;
  /** Files of the repository that the settings extend. */
  readonly extends: readonly RepoPath[];
  /** What keeps the settings from being known: `ruff.toml extends ~/base.toml, ...`. */
  readonly unknownSettings: string | null;
  /** Globs of further files that the settings make ruff look at. */
  readonly includes: readonly string[];
  /** What the embedded ruff is told, `null` where it may not stand in. */
  readonly embedded: (EmbeddedSettings & { readonly files: readonly RepoPath[] }) | null;
};

/** Reads a project's settings for ruff. */
export const inspect: Inspect<RuffOptions, RuffFacts> = {
  texts: [
    "pyproject.toml",
    "ruff.toml",
    ".ruff.toml",
    ".pre-commit-config.yaml",
    "uv.lock",
    "poetry.lock",
    "pdm.lock",
    "requirements.txt",
    "requirements-dev.txt",
    "dev-requirements.txt",
    "setup.cfg",
  ],
  paths: ["**/*.py", "**/*.pyi", "**/*.ipynb", "**/*.md"],
  facts: readFacts,
};

function readFacts(
  seen: Parameters<Inspect<RuffOptions, RuffFacts>["facts"]>[0],
): Result<RuffFacts, readonly Diagnostic[]> {
  const read = readTomlFiles(seen.texts);
  if (!read.ok) return read;
  const files = read.value;
  const configs = ruffConfigs(files);
  const config = configs[0];
  const hooks = readHooks(seen.texts);
  const python = seen.paths.filter((path) => !path.endsWith(".md")).sort(byCodeUnit);
  const formatter = formatterOf(hooks, files, config);
  const extend = config && extended(config);
  const pinned = pinOf({ texts: seen.texts, files, config, hooks });
  const excluder = excludedBy(configs, seen.project.root);
  return ok({
    hasPython: python.length > 0,
    hasMarkdown: python.length < seen.paths.length,
    configFile: config?.path ?? null,
    lintConfigured: excluder === null && (config !== undefined || hooks.lintsWithRuff),
    formatConfigured: excluder === null && formatter === "ruff",
    formatter,
    pinned,
    excludedBy: excluder,
    extends: extend && "inside" in extend ? [extend.inside] : [],
    unknownSettings:
      config && extend && "outside" in extend
        ? `${config.path} extends ${extend.outside}, which is not a file of this repository`
        : null,
    includes: ["include", "extend-include"].flatMap((key) => textsAt(config?.settings, key)).map(toEngineGlob),
    embedded:
      seen.options.embedded && pinned === null
        ? {
            ...embeddedSettings({ config, files, root: seen.project.root, paths: python, options: seen.options }),
            files: python,
          }
        : null,
  });
}

function readTomlFiles(texts: readonly SourceText[]): Result<readonly TomlFile[], readonly Diagnostic[]> {
  const files: TomlFile[] = [];
  const problems: Diagnostic[] = [];
  for (const source of texts.filter((text) => text.path.endsWith(".toml"))) {
    const read = readToml(source);
    if (read.ok) files.push({ path: source.path, table: read.value });
    else problems.push(read.error);
  }
  return problems.length > 0 ? fail(problems) : ok(files);
}
