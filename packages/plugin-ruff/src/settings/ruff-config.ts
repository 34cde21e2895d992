import { posix } from "node:path";
import { isInside, joinRepo, parentOf, type RepoPath } from "@symbiotic-build/engine";
import { type Table, tableAt, textAt } from "@symbiotic-build/validator";

/** A TOML file that was read. */
export interface TomlFile {
  readonly path: RepoPath;
  readonly table: Table;
}

/** The ruff settings of one folder. */
export interface RuffConfig {
  readonly path: RepoPath;
  readonly folder: RepoPath;
  readonly settings: Table;
}

/** In one folder ruff takes the first of these that has settings for it. */
const ORDER = [".ruff.toml", "ruff.toml", "pyproject.toml"];

/** The ruff settings in these files, one a folder, in the order of the files: nearest first. */
export function ruffConfigs(files: readonly TomlFile[]): readonly RuffConfig[] {
  const found = files.flatMap((file) => configOf(file) ?? []);
  return found.filter((config) => !found.some((other) => other.folder === config.folder && rank(other) < rank(config)));
}

/** The settings that ruff uses for what lies directly in this folder. */
export function governing(configs: readonly RuffConfig[], folder: RepoPath): RuffConfig | undefined {
  return configs.find((config) => isInside(config.folder, folder));
}

/** What these settings extend: a file in the repository, or words that lead out of it or depend on the machine. */
export type Extended = { readonly inside: RepoPath } | { readonly outside: string };

/** The file that these settings extend, if they extend one. */
export function extended(config: RuffConfig): Extended | undefined {
  const path = textAt(config.settings, "extend");
  if (path === undefined) return undefined;
  if (/^[~/]|^[A-Za-z]:|\$|\\/.test(path)) return { outside: path };
  const target = posix.normalize(joinRepo(config.folder, path));
  return target === ".." || target.startsWith("../") ? { outside: path } : { inside: target };
}

function configOf(file: TomlFile): RuffConfig | undefined {
  const isManifest = posix.basename(file.path) === "pyproject.toml";
  const settings = isManifest ? tableAt(file.table, "tool", "ruff") : file.table;
  return settings && ORDER.includes(posix.basename(file.path))
    ? { path: file.path, folder: parentOf(file.path), settings }
    : undefined;
}

function rank(config: RuffConfig): number {
  return ORDER.indexOf(posix.basename(config.path));
}
