import { byCodeUnit, ok, parentOf, type Inspect, type RepoPath, type SourceText } from "@symbiotic-build/engine";
import { configuredIn, relativeImports } from "@symbiotic-build/validator";
import type { EslintOptions } from "./options.ts";
import { FLAT, LEGACY, LINTED } from "./settings.ts";

/** What the plugin knows of a project. */
export type EslintFacts = {
  /** Its files that ESLint may lint, sorted. */
  readonly files: readonly RepoPath[];
  /** Whether one of them is JavaScript, TypeScript or a component. */
  readonly hasCode: boolean;
  /** The settings file that counts: the nearest flat one, else the nearest legacy one, else `null`. */
  readonly config: RepoPath | null;
  /** Those settings are not flat: ESLint 9 has to be told, and 10 refuses them. */
  readonly isLegacy: boolean;
  /** The repository uses ESLint: it has settings for it, or runs it in pre-commit. */
  readonly isUsed: boolean;
  /** Where ESLint is to start, as it would by hand: ignore files and paths in settings count from there. */
  readonly start: RepoPath;
  /** Files of the repository that the settings name. */
  readonly imports: readonly RepoPath[];
};

const CODE = /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte|astro|gjs|gts)$/;
const PACKAGE = /"eslintConfig"\s*:/;

/** Reads a project's settings for ESLint. */
export const inspect: Inspect<EslintOptions, EslintFacts> = {
  texts: [...FLAT, ...LEGACY, "package.json", ".eslintignore", ".pre-commit-config.yaml"],
  paths: LINTED,
  facts({ project, texts, paths }) {
    const flat = configuredIn(texts, { files: FLAT, hooks: ["eslint"] });
    if (!flat.ok) return flat;
    const legacy = configuredIn(texts, { files: LEGACY, sections: { "package.json": PACKAGE } });
    if (!legacy.ok) return legacy;
    const config = flat.value.file ?? legacy.value.file;
    const ignores = texts.find(({ path }) => path.endsWith(".eslintignore"))?.path;
    const isLegacy = flat.value.file === null && config !== null;
    const start = isLegacy ? ignores : (config ?? undefined);
    return ok({
      files: [...paths].sort(byCodeUnit),
      hasCode: paths.some((path) => CODE.test(path)),
      config,
      isLegacy,
      isUsed: flat.value.isUsed || config !== null,
      start: start === undefined ? project.root : parentOf(start),
      imports: texts.filter((each) => isRead(each, config, isLegacy)).flatMap(relativeImports),
    });
  },
};

/** Of flat settings there is one file, legacy ones of all folders above add up. */
function isRead({ path }: SourceText, config: RepoPath | null, isLegacy: boolean): boolean {
  if (!isLegacy) return path === config;
  return LEGACY.some((name) => path === name || path.endsWith(`/${name}`)) || path === config;
}
