import {
  joinRepo,
  ok,
  type Diagnostic,
  type Inspect,
  type RepoPath,
  type Result,
  type SourceText,
} from "@symbiotic-build/engine";
import { configuredIn, readToml, tableAt, textAt } from "@symbiotic-build/validator";
import type { GitleaksOptions } from "./options.ts";

/** What the plugin knows of a project. */
export type GitleaksFacts = {
  /** All of its files. */
  readonly files: readonly RepoPath[];
  /** The nearest `.gitleaks.toml`, from the project's folder up. */
  readonly config: RepoPath | null;
  /** The file that it extends, where that is one of the repository. */
  readonly extended: RepoPath | null;
  /** The repository uses gitleaks: it has settings for it, or runs it in pre-commit. */
  readonly isUsed: boolean;
};

const HOOKS = ["gitleaks", "gitleaks-docker", "gitleaks-system"];

/** Reads a project's settings for gitleaks. */
export const inspect: Inspect<GitleaksOptions, GitleaksFacts> = {
  texts: [".gitleaks.toml", ".gitleaksignore", ".pre-commit-config.yaml"],
  paths: ["**/*"],
  facts({ texts, paths }) {
    const settings = configuredIn(texts, { files: [".gitleaks.toml"] });
    if (!settings.ok) return settings;
    const used = configuredIn(texts, { files: [".gitleaks.toml", ".gitleaksignore"], hooks: HOOKS });
    if (!used.ok) return used;
    const config = settings.value.file;
    const extended = extendedBy(texts.find(({ path }) => path === config));
    if (!extended.ok) return { ok: false, error: [extended.error] };
    return ok({ files: [...paths], config, extended: extended.value, isUsed: used.value.isUsed });
  },
};

/** Gitleaks takes the path from the folder that it is started in, which is the repository's root. */
function extendedBy(config: SourceText | undefined): Result<RepoPath | null, Diagnostic> {
  if (config === undefined) return ok(null);
  const toml = readToml(config);
  if (!toml.ok) return toml;
  const path = textAt(tableAt(toml.value, "extend"), "path");
  if (path === undefined || /^(\/|[A-Za-z]:|~)/.test(path)) return ok(null);
  const joined = joinRepo(".", path.replaceAll("\\", "/"));
  return ok(joined === "." || joined === ".." || joined.startsWith("../") ? null : joined);
}
