import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { byCodeUnit, canonicalJson } from "../core/json.ts";
import {
  ENGINE,
  importedFiles,
  moduleResolutions,
  noteFile,
  noteResolution,
  packageOf,
} from "../plugin/module-graph.ts";

/**
 * The code that a process imported for a plugin, beside the package that it was asked for: modules that are not installed
 * by their bytes, packages by name and version and by who looked for them.
 */
export interface SeenModules {
  /** sha256 by file; absolute. */
  readonly files: readonly (readonly [file: string, digest: string])[];
  readonly packages: readonly SeenPackage[];
}

/** A package that a module looked for by its name. */
export interface SeenPackage {
  readonly specifier: string;
  /** The URL of the module. */
  readonly parent: string;
  /** Its `package.json`, absolute, with name and version; `null` where that is not found. */
  readonly found: readonly [manifest: string, name: string, version: string] | null;
}

/** What this process has imported so far. */
export function seenModules(): SeenModules {
  const files = [...importedFiles()].filter((file) => !isInstalled(file) && !isEngine(file)).sort(byCodeUnit);
  const looked = [...moduleResolutions()].filter(
    ({ specifier, parent }) =>
      !/^(?:\.{0,2}\/|#|node:|data:|file:)/.test(specifier) && !isEngine(fileURLToPath(parent)),
  );
  const packages = looked.map(({ specifier, parent }) => ({ specifier, parent, found: packageAt(specifier, parent) }));
  return { files: files.map((file) => [file, digestOf(file) ?? ""]), packages };
}

/** Whether the same modules would be imported now. Notes them as what this process's own knowledge rests on. */
export function areUnchanged({ files, packages }: SeenModules): boolean {
  for (const [file] of files) noteFile(file);
  for (const { specifier, parent } of packages) noteResolution(specifier, parent);
  return (
    files.every(([file, digest]) => digestOf(file) === digest) &&
    packages.every(
      ({ specifier, parent, found }) => canonicalJson(packageAt(specifier, parent)) === canonicalJson(found),
    )
  );
}

function packageAt(specifier: string, parent: string): SeenPackage["found"] {
  try {
    const manifest = findPackageJSON(specifier, parent);
    const facts = manifest === undefined ? undefined : packageOf(manifest);
    return manifest === undefined || facts === undefined ? null : [manifest, facts.name, facts.version];
  } catch {
    return null;
  }
}

function digestOf(file: string): string | undefined {
  try {
    return createHash("sha256").update(readFileSync(file)).digest("hex");
  } catch {
    return undefined;
  }
}

function isInstalled(file: string): boolean {
  return file.split(sep).includes("node_modules");
}

function isEngine(file: string): boolean {
  return ENGINE !== undefined && file.startsWith(join(ENGINE, sep));
}
