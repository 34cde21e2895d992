import { byCodeUnit } from "@symbiotic-build/engine";

/** Folders of a project that hold no code to be measured. */
const ASIDE =
  /^(\..*|tests?|testing|docs?|examples?|bench(marks?)?|scripts?|tools?|ci|build|dist|node_modules|venv|env|.*\.egg-info)$/;
/** Modules beside the project's own that only serve its development. */
const SERVANTS = /^(conftest|setup|noxfile|tasks|fabfile|dodo|manage|versioneer|test_.*|.*_test|tests)\.py$/;

/**
 * What to measure in a project that does not say it: `src`, else its packages, else its modules, else its folders of
 * Python, else the whole. The files are relative to the project; so are the folders returned, modules go by name.
 */
export function sourceHint(files: readonly string[]): readonly string[] {
  if (files.some((file) => file.startsWith("src/"))) return ["src"];
  const packages = foldersOf(files.filter((file) => /^[^/]+\/__init__\.pyi?$/.test(file)));
  if (packages.length > 0) return packages;
  const modules = files.filter((file) => !file.includes("/") && file.endsWith(".py") && !SERVANTS.test(file));
  if (modules.length > 0) return modules.map((file) => file.slice(0, -".py".length)).toSorted(byCodeUnit);
  const folders = foldersOf(files.filter((file) => file.includes("/")));
  return folders.length > 0 ? folders : ["."];
}

function foldersOf(files: readonly string[]): readonly string[] {
  const folders = new Set(files.map((file) => file.slice(0, file.indexOf("/"))));
  return [...folders].filter((folder) => !ASIDE.test(folder)).toSorted(byCodeUnit);
}
