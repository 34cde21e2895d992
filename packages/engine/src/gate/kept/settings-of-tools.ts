import { nameOf, type RepoPath } from "../../core/path.ts";
import type { AlteredPart } from "./quality-settings.ts";

/** By the names of plugins whose settings are known: the tools that they are the settings of. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  bandit: ["bandit"],
  black: ["black"],
  complexity: [],
  dbt: [],
  eslint: ["eslint"],
  gitleaks: ["gitleaks"],
  "great-expectations": [],
  hyperfine: [],
  hypothesis: ["hypothesis", "pytest"],
  mypy: ["mypy"],
  "pip-audit": [],
  "pip-licenses": [],
  prettier: ["prettier"],
  pytest: ["coverage", "hypothesis", "pytest", "pytest_env"],
  ruff: ["ruff"],
  semgrep: ["semgrep"],
};

/** Tools that stand in names of files, of which no plugin here has the settings. */
const OTHERS = [
  "flake8",
  "isort",
  "jest",
  "playwright",
  "pre-commit",
  "pylint",
  "pyrefly",
  "pyright",
  "secrets",
  "vitest",
];
const TOOLS = [...new Set(Object.values(OWN).flat()), ...OTHERS];

/** Files that say more than settings, of which the parts that are settings are known, and files that every change may touch. */
const SHARED =
  /^(pyproject\.toml|setup\.cfg|tox\.ini|package\.(json|yaml)|\.(git)?ignore|\.editorconfig|\.browserslistrc|[tj]sconfig[^/]*\.json|__init__\.py|conftest\.py)$/;

/** Whether a part of the settings may be one that a plugin's tool goes by. The engine's own come from the base already. */
export function concerns(plugin: string, { path, part }: AlteredPart): boolean {
  const own = OWN[plugin];
  const tool = toolOf(path, part);
  if (tool === "symbiotic") return false;
  // What is not known to be about one tool may be about any; what is not known to have settings may read all of them.
  return own === undefined || tool === undefined || own.includes(tool);
}

/** Whether a part of the settings is surely one of a plugin's tool, and of no other's. */
export function isOwnPart(plugin: string, { path, part }: AlteredPart): boolean {
  const tool = toolOf(path, part);
  return tool !== undefined && OWN[plugin]?.includes(tool) === true;
}

/** Whether a plugin's tool is known to have settings. */
export function hasSettings(plugin: string): boolean {
  return (OWN[plugin] ?? []).length > 0;
}

/** Whether a file that a plugin's tool looks up, or that its settings name, is all settings. */
export function isOwnSettings(plugin: string, path: RepoPath): boolean {
  return OWN[plugin] !== undefined && !SHARED.test(nameOf(path));
}

function toolOf(path: RepoPath, part: string): string | undefined {
  const named = part === "" ? nameOf(path) : part.replace(/^\[(?:tool[.:])?/, "").toLowerCase();
  if (/^\.?symbiotic/.test(named)) return "symbiotic";
  if (part === "") return /(^|\/)\.semgrep\//.test(path) ? "semgrep" : TOOLS.find((tool) => named.includes(tool));
  return /^\w+?(?=config\b|ignore\b|\W|$)/i.exec(named)?.[0];
}
