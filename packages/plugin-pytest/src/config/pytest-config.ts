import {
  fail,
  ok,
  parentOf,
  type Diagnostic,
  type RepoPath,
  type Result,
  type SourceText,
} from "@symbiotic-build/engine";
import { nameOf, type SettingsFiles } from "./settings-file.ts";
import { isTable, tableAt, type Table } from "./table.ts";

/** The settings that pytest will use, as far as they lie in the repository. */
export interface PytestConfig {
  readonly file: RepoPath;
  /** The file's folder: what pytest calls `rootdir`. */
  readonly folder: RepoPath;
  readonly settings: Table;
}

/** Where pytest looks in each folder, in its order: the first that has settings wins. */
const LOOKUPS: Readonly<Record<string, (contents: Table) => Table | undefined>> = {
  "pytest.toml": (contents) => tableAt(contents, "pytest"),
  ".pytest.toml": (contents) => tableAt(contents, "pytest"),
  "pytest.ini": (contents) => tableAt(contents, "pytest"),
  ".pytest.ini": (contents) => tableAt(contents, "pytest"),
  "pyproject.toml": pyprojectSettings,
  "tox.ini": (contents) => optionalTable(contents["pytest"]),
  "setup.cfg": (contents) => optionalTable(contents["tool:pytest"]),
};

/** The names of the files that can hold pytest's settings. */
export const PYTEST_FILES: readonly string[] = Object.keys(LOOKUPS);

/** Finds the settings as pytest does: from the project's folder upwards, the nearest folder that has any. */
export function findPytestConfig(files: SettingsFiles): Result<PytestConfig | undefined, Diagnostic> {
  for (const file of inOrder(files.all)) {
    const contents = files.read(file);
    if (!contents.ok) return fail(contents.error);
    const settings = LOOKUPS[nameOf(file.path)]?.(contents.value);
    if (settings !== undefined) return ok({ file: file.path, folder: parentOf(file.path), settings });
  }
  return ok(undefined);
}

function inOrder(all: readonly SourceText[]): readonly SourceText[] {
  const depth = (file: SourceText): number => (parentOf(file.path) === "." ? 0 : parentOf(file.path).split("/").length);
  return all
    .filter((file) => PYTEST_FILES.includes(nameOf(file.path)))
    .toSorted(
      (a, b) => depth(b) - depth(a) || PYTEST_FILES.indexOf(nameOf(a.path)) - PYTEST_FILES.indexOf(nameOf(b.path)),
    );
}

function pyprojectSettings(contents: Table): Table | undefined {
  const table = tableAt(contents, "tool", "pytest");
  const { ini_options: ini, ...native } = table;
  if (Object.keys(native).length > 0) return native;
  return optionalTable(ini);
}

function optionalTable(value: unknown): Table | undefined {
  return isTable(value) ? value : undefined;
}
