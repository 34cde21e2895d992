import { joinRepo, ok, type Inspect, type RepoPath } from "@symbiotic-build/engine";
import { configuredIn } from "@symbiotic-build/validator";
import type { SemgrepOptions } from "./options.ts";

/** What the plugin knows of a project. */
export type SemgrepFacts = {
  /** Its files that the rules may be about. */
  readonly files: readonly RepoPath[];
  /** Files and folders with the repository's own rules, from the repository's root. */
  readonly rules: readonly RepoPath[];
  /** The repository uses semgrep: it has rules or settings for it, or runs it in pre-commit. */
  readonly isUsed: boolean;
};

/** Files of rules that count without being named, the nearest alone. */
export const RULE_FILES: readonly string[] = [".semgrep.yml", ".semgrep.yaml", "semgrep.yml", "semgrep.yaml"];

const FOLDER = ".semgrep";
/** What the rules of this package are about. */
const SOURCE = /\.(?:pyi?|[cm]?[jt]s|[jt]sx)$/;

/** Reads a project's settings for semgrep. */
export const inspect: Inspect<SemgrepOptions, SemgrepFacts> = {
  texts: [...RULE_FILES, ".semgrepignore", ".pre-commit-config.yaml"],
  paths: ["**/*"],
  facts({ project, texts, paths, options }) {
    const found = configuredIn(texts, { files: RULE_FILES });
    if (!found.ok) return found;
    const used = configuredIn(texts, { files: [".semgrepignore"], hooks: ["semgrep", "semgrep-ci"] });
    if (!used.ok) return used;
    const folder = joinRepo(project.root, FOLDER);
    const hasFolder = paths.some((path) => path.startsWith(`${folder}/`) && /\.ya?ml$/.test(path));
    const own = [...(found.value.file === null ? [] : [found.value.file]), ...(hasFolder ? [folder] : [])];
    const rules = options.config.length > 0 ? options.config : own;
    const isAboutAll = rules.length + options.registry.length > 0;
    return ok({
      files: paths.filter((path) => isAboutAll || SOURCE.test(path)),
      rules,
      isUsed: isAboutAll || used.value.isUsed,
    });
  },
};
