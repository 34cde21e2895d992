import { ok, type Diagnostic, type Result, type SourceText } from "@symbiotic-build/engine";
import { normalizeName } from "../names.ts";
import type { Manager, Manifest, Workspace } from "./manifest.ts";
import { includedFiles, requirementsOf, sourcesOf } from "./pyproject-requirements.ts";
import { parseToml, stringAt, stringsIn, tableAt, valueAt, type Table } from "./toml.ts";

/** Tables that say "here is a project"; `[tool.ruff]` alone does not. */
const DECLARATIONS = [
  ["project"],
  ["build-system"],
  ["dependency-groups"],
  ["tool", "poetry"],
  ["tool", "flit", "metadata"],
];

const NAMES = [
  ["project", "name"],
  ["tool", "poetry", "name"],
  ["tool", "flit", "metadata", "dist-name"],
  ["tool", "flit", "metadata", "module"],
];

/** How the module of a build backend begins, and whose it is. */
const BACKENDS: readonly (readonly [string, Manager])[] = [
  ["uv_build", "uv"],
  ["poetry", "poetry"],
  ["pdm", "pdm"],
  ["hatchling", "hatch"],
  ["setuptools", "setuptools"],
  ["flit", "flit"],
  ["maturin", "maturin"],
];

const TOOLS = ["uv", "poetry", "pdm", "hatch", "setuptools", "flit", "maturin"] as const;

/** Reads a `pyproject.toml`, whoever it is written for: PEP 621, Poetry, uv, PDM, Hatch, Flit, setuptools. */
export function readPyproject(file: SourceText): Result<Manifest, Diagnostic> {
  const parsed = parseToml(file);
  if (!parsed.ok) return parsed;
  const table = parsed.value;
  const name = nameOf(table);
  const workspace = workspaceOf(table);
  return ok({
    path: file.path,
    declares: DECLARATIONS.some((keys) => valueAt(table, ...keys) !== undefined),
    ...(name !== undefined && { name }),
    managers: managersOf(table),
    requirements: requirementsOf(table),
    includes: includedFiles(table),
    sources: sourcesOf(table),
    ...(workspace !== undefined && { workspace }),
  });
}

function nameOf(table: Table): string | undefined {
  for (const keys of NAMES) {
    const text = stringAt(table, ...keys);
    if (text !== undefined) return normalizeName(text);
  }
  return undefined;
}

function managersOf(table: Table): Manager[] {
  const backend = stringAt(table, "build-system", "build-backend") ?? "";
  const ofBackend = BACKENDS.filter(([start]) => backend.startsWith(start)).map(([, manager]) => manager);
  const ofTools = TOOLS.filter((tool) => valueAt(table, "tool", tool) !== undefined);
  return [...new Set([...ofBackend, ...ofTools])];
}

function workspaceOf(table: Table): Workspace | undefined {
  if (valueAt(table, "tool", "uv", "workspace") === undefined) return undefined;
  const workspace = tableAt(table, "tool", "uv", "workspace");
  return { members: stringsIn(workspace["members"]), exclude: stringsIn(workspace["exclude"]) };
}
