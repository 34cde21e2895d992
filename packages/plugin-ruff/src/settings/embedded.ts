import { posix } from "node:path";
import { byCodeUnit, isInside, joinRepo, relativeTo, type RepoPath } from "@symbiotic-build/engine";
import { type Table, isTable, tableAt, textAt, textsAt } from "@symbiotic-build/validator";
import type { RuffOptions } from "../options.ts";
import type { RuffConfig, TomlFile } from "./ruff-config.ts";

/** What the embedded ruff is told, since it cannot look at the disk. */
export type EmbeddedSettings = {
  /** Ruff's settings as JSON. */
  readonly options: Table;
  /** The folder that patterns in them are relative to. */
  readonly folder: RepoPath;
};

/** The settings of an embedded run: the nearest file's, the plugin's options over them, and what ruff would have found on the disk. */
export function embeddedSettings(seen: {
  readonly config: RuffConfig | undefined;
  readonly files: readonly TomlFile[];
  readonly root: RepoPath;
  readonly paths: readonly RepoPath[];
  readonly options: RuffOptions;
}): EmbeddedSettings {
  const folder = seen.config?.folder ?? seen.root;
  const settings = seen.config?.settings ?? {};
  const lint = withSelection(tableAt(settings, "lint") ?? {}, seen.options);
  const target = targetVersion(seen.files);
  return {
    folder,
    options: {
      ...(target === undefined ? {} : { "target-version": target }),
      ...(seen.options.select === undefined ? settings : without(settings, SELECTION)),
      ...(seen.options.preview === undefined ? {} : { preview: seen.options.preview }),
      lint: withFirstParty(lint, firstParty(settings, folder, seen.paths)),
    },
  };
}

const SELECTION = ["select", "ignore", "extend-select", "extend-ignore"];

/** As with ruff's own flags, a selection replaces all that the file selects and ignores; what is to be ignored adds to it. */
function withSelection(lint: Table, options: RuffOptions): Table {
  const kept = options.select === undefined ? lint : { ...without(lint, SELECTION), select: options.select };
  return options.ignore === undefined ? kept : { ...kept, ignore: [...textsAt(kept, "ignore"), ...options.ignore] };
}

function without(table: Table, keys: readonly string[]): Table {
  return Object.fromEntries(Object.entries(table).filter(([key]) => !keys.includes(key)));
}

function withFirstParty(lint: Table, names: readonly string[]): Table {
  const isort = lint["isort"];
  const own = isTable(isort) ? isort : {};
  return { ...lint, isort: { ...own, "known-first-party": [...textsAt(own, "known-first-party"), ...names] } };
}

/** The modules that ruff would find in its source folders and so sort as the project's own. */
function firstParty(settings: Table, folder: RepoPath, paths: readonly RepoPath[]): readonly string[] {
  const roots = ("src" in settings ? textsAt(settings, "src") : [".", "src"]).map((root) =>
    posix.normalize(joinRepo(folder, root)),
  );
  const names = roots.flatMap((root) =>
    paths.filter((path) => isInside(root, path)).map((path) => moduleOf(relativeTo(root, path))),
  );
  return [...new Set(names)].filter((name) => /^[A-Za-z_]\w*$/.test(name)).sort(byCodeUnit);
}

function moduleOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : path.replace(/\.pyi?$/, "");
}

/** The oldest Python 3 that the nearest manifest allows; the file's own `target-version` counts before it. */
function targetVersion(files: readonly TomlFile[]): string | undefined {
  const manifest = files.find(
    (file) => posix.basename(file.path) === "pyproject.toml" && tableAt(file.table, "project"),
  );
  const requires = textAt(manifest && tableAt(manifest.table, "project"), "requires-python");
  const minor = /(?:>=|~=|==)\s*3\.(\d+)/.exec(requires ?? "")?.[1];
  return minor === undefined || Number(minor) < 7 ? undefined : `py3${minor}`;
}
