import { normalizeName } from "../names.ts";
import type { Requirement } from "./manifest.ts";
import { parseRequirements, pathRequirement } from "./requirement.ts";
import { stringAt, stringsIn, tableAt, tablesIn, valueAt, type Table } from "./toml.ts";

/** Everything that a `pyproject.toml` requires, in every extra and group, to build included. */
export function requirementsOf(table: Table): Requirement[] {
  return [...parseRequirements(specifiers(table)), ...poetryRequirements(table)];
}

/** Folders that `[tool.uv.sources]` gives for named requirements. */
export function sourcesOf(table: Table): ReadonlyMap<string, readonly string[]> {
  const sources = new Map<string, readonly string[]>();
  for (const [text, value] of Object.entries(tableAt(table, "tool", "uv", "sources"))) {
    const name = normalizeName(text);
    const paths = tablesIn(value).flatMap((source) => stringsIn(source["path"]));
    if (name !== undefined && paths.length > 0) sources.set(name, paths);
  }
  return sources;
}

/** The files of requirements that the build backend reads. */
export function includedFiles(table: Table): string[] {
  const dynamic = tableAt(table, "tool", "setuptools", "dynamic");
  const extras = Object.values(tableAt(dynamic, "optional-dependencies"));
  return [
    ...stringsIn(valueAt(dynamic, "dependencies", "file")),
    ...extras.flatMap(tablesIn).flatMap((extra) => stringsIn(extra["file"])),
    ...stringsIn(valueAt(table, "tool", "hatch", "metadata", "hooks", "requirements_txt", "files")),
  ];
}

/** All lists of dependency specifiers (PEP 508). A group's `include-group` needs no look: every group is read. */
function specifiers(table: Table): string[] {
  return [
    ...stringsIn(valueAt(table, "project", "dependencies")),
    ...lists(table, "project", "optional-dependencies"),
    ...lists(table, "dependency-groups"),
    ...stringsIn(valueAt(table, "build-system", "requires")),
    ...stringsIn(valueAt(table, "tool", "uv", "dev-dependencies")),
    ...lists(table, "tool", "pdm", "dev-dependencies"),
    ...stringsIn(valueAt(table, "tool", "flit", "metadata", "requires")),
    ...lists(table, "tool", "flit", "metadata", "requires-extra"),
    ...hatchEnvironments(table),
  ];
}

function lists(table: Table, ...keys: readonly string[]): string[] {
  return Object.values(tableAt(table, ...keys)).flatMap((list) => (Array.isArray(list) ? stringsIn(list) : []));
}

function hatchEnvironments(table: Table): string[] {
  return Object.values(tableAt(table, "tool", "hatch", "envs"))
    .flatMap(tablesIn)
    .flatMap((environment) => [
      ...stringsIn(environment["dependencies"]),
      ...stringsIn(environment["extra-dependencies"]),
    ]);
}

function poetryRequirements(table: Table): Requirement[] {
  const poetry = tableAt(table, "tool", "poetry");
  const groups = Object.values(tableAt(poetry, "group")).flatMap(tablesIn);
  const tables = [poetry, ...groups].map((owner) => tableAt(owner, "dependencies"));
  return [...tables, tableAt(poetry, "dev-dependencies")].flatMap(namedRequirements);
}

/** Requirements written as a table from name to version, or to a table that may hold a `path`: Poetry and Pipenv. */
export function namedRequirements(table: Table): Requirement[] {
  return Object.entries(table).flatMap(([text, value]) => {
    const name = normalizeName(text);
    // In Poetry's table this is the interpreter.
    if (name === undefined || text === "python") return [];
    const paths = tablesIn(value).map((entry) => stringAt(entry, "path") ?? stringAt(entry, "file"));
    const located = paths.flatMap((path) => (path === undefined ? [] : (pathRequirement(path) ?? [])));
    return [{ text, name }, ...located];
  });
}
