import { fail, ok, parentOf, type Diagnostic, type RepoPath, type Result } from "@symbiotic-build/engine";
import { nameOf, type SettingsFiles } from "./settings-file.ts";
import { tableAt, type Table } from "./table.ts";
import { itemsOf } from "./words.ts";

/** What a project says about its coverage. */
export interface CoverageConfig {
  /** That it says which files count. */
  readonly namesSource: boolean;
  readonly failUnder: number | null;
  /** Digits after the point with which coverage.py compares. */
  readonly precision: number;
}

type Section = (name: string) => Table;

const SECTIONS: Readonly<Record<string, (contents: Table) => Section>> = {
  ".coveragerc": (contents) => (name) => ({ ...tableAt(contents, name), ...tableAt(contents, `coverage:${name}`) }),
  ".coveragerc.toml": (contents) => (name) => ({
    ...tableAt(contents, name),
    ...tableAt(contents, "tool", "coverage", name),
  }),
  "setup.cfg": (contents) => (name) => tableAt(contents, `coverage:${name}`),
  "tox.ini": (contents) => (name) => tableAt(contents, `coverage:${name}`),
  "pyproject.toml": (contents) => (name) => tableAt(contents, "tool", "coverage", name),
};

/** Where a section of coverage.py can be. */
const KNOWN = ["run", "report", "paths", "html", "xml", "json", "lcov"];

/** The names of the files that can hold coverage.py's settings, in its order. */
export const COVERAGE_FILES: readonly string[] = Object.keys(SECTIONS);

/** Finds coverage.py's settings as it does: only in the folder in which it runs, the first file that has any. */
export function findCoverageConfig(
  files: SettingsFiles,
  root: RepoPath,
): Result<CoverageConfig | undefined, Diagnostic> {
  for (const name of COVERAGE_FILES) {
    const file = files.all.find((one) => nameOf(one.path) === name && parentOf(one.path) === root);
    if (file === undefined) continue;
    const contents = files.read(file);
    if (!contents.ok) return fail(contents.error);
    const section = SECTIONS[name]?.(contents.value);
    if (section !== undefined && (name.startsWith(".coveragerc") || isConfigured(section)))
      return ok(configOf(section));
  }
  return ok(undefined);
}

function isConfigured(section: Section): boolean {
  return KNOWN.some((name) => Object.keys(section(name)).length > 0);
}

function configOf(section: Section): CoverageConfig {
  const [run, report] = [section("run"), section("report")];
  const sources = [run["source"], run["source_pkgs"], run["source_dirs"], run["include"], report["include"]];
  return {
    namesSource: sources.some((value) => itemsOf(value).length > 0),
    failUnder: percentOf(report["fail_under"]),
    precision: percentOf(report["precision"]) ?? 0,
  };
}

/** The number in a setting; `null` for none and for 0, which demands nothing. */
export function percentOf(value: unknown): number | null {
  const number = typeof value === "number" ? value : typeof value === "string" ? Number(value) : Number.NaN;
  return number > 0 && Number.isFinite(number) ? number : null;
}
