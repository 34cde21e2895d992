import { posix } from "node:path";
import type { JsonValue, SourceText } from "@symbiotic-build/engine";
import { type Table, isTable, tableAt, textAt } from "@symbiotic-build/validator";
import type { Hooks } from "./pre-commit.ts";
import type { RuffConfig, TomlFile } from "./ruff-config.ts";

/** Where the repository says which ruff it wants; each is looked at in turn. */
export interface PinSources {
  readonly texts: readonly SourceText[];
  readonly files: readonly TomlFile[];
  readonly config: RuffConfig | undefined;
  readonly hooks: Hooks;
}

/** Which ruff the repository asks for and where: `0.4.10 (uv.lock)`; `null` where any would do. */
export function pinOf(sources: PinSources): string | null {
  const required = textAt(sources.config?.settings, "required-version");
  if (sources.config && required !== undefined) return `${required} (${sources.config.path})`;
  for (const text of sources.texts) {
    const version = posix.basename(text.path).endsWith(".lock") ? locked(text.text) : listed(text);
    if (version !== undefined) return `${version} (${text.path})`;
  }
  for (const file of sources.files) {
    const version = inManifest(file.table);
    if (version !== undefined) return `${version} (${file.path})`;
  }
  const { ruffRevision } = sources.hooks;
  return ruffRevision === null ? null : `${ruffRevision} (.pre-commit-config.yaml)`;
}

const LOCKED = /^\[\[package\]\]\r?\nname = "ruff"\r?\nversion = "([^"]+)"/m;
const REQUIREMENT = /^\s*["']?ruff\s*\(?\s*((?:===?|~=|!=|[<>]=?)\s*[^\s;#"')]+)/;

/** uv, Poetry and PDM write a package's name and version in the same two lines. */
function locked(text: string): string | undefined {
  return LOCKED.exec(text)?.[1];
}

/** A requirement on a line of its own: requirements files and setup.cfg. */
function listed(text: SourceText): string | undefined {
  if (!/\.(txt|cfg)$/.test(text.path)) return undefined;
  return text.text
    .split(/\r?\n/)
    .map(requirement)
    .find((version) => version !== undefined);
}

function requirement(text: string): string | undefined {
  return REQUIREMENT.exec(text)?.[1]?.replace(/\s/g, "");
}

/** A requirement in any list of dependencies of a manifest. */
function inManifest(manifest: Table): string | undefined {
  const tool = tableAt(manifest, "tool") ?? {};
  const places = [manifest["project"], manifest["dependency-groups"], tool["uv"], tool["pdm"], tool["hatch"]];
  const listedThere = places.flatMap(textsIn).map(requirement);
  return [...listedThere, ...poetryVersions(tool["poetry"])].find((version) => version !== undefined);
}

function textsIn(value: JsonValue | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  if (value === undefined || value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(textsIn);
}

/** Poetry names the package as a key: `ruff = "^0.4"` or `ruff = { version = "^0.4" }`. */
function poetryVersions(value: JsonValue | undefined): readonly (string | undefined)[] {
  if (!isTable(value)) return [];
  return Object.entries(value).flatMap(([key, inside]): readonly (string | undefined)[] => {
    if (key !== "ruff") return poetryVersions(inside);
    const version = typeof inside === "string" ? inside : textAt(isTable(inside) ? inside : undefined, "version");
    return version === "*" ? [] : [version];
  });
}
