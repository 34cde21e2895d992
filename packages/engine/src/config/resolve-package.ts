import { readFileSync } from "node:fs";
import { createRequire, findPackageJSON } from "node:module";
import { dirname, isAbsolute, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { noteResolution } from "../plugin/module-graph.ts";

/** The URL of a package's main module as seen from a file; undefined where it is not installed or offers none. */
export function resolvePackage(name: string, from: string): string | undefined {
  noteResolution(name, pathToFileURL(from).href);
  try {
    const file = createRequire(from).resolve(name);
    // One of Node's own modules has no file.
    return isAbsolute(file) ? pathToFileURL(file).href : undefined;
  } catch {
    return importedEntry(name, from);
  }
}

/** A package for `import` alone, which `require` does not find. */
function importedEntry(name: string, from: string): string | undefined {
  try {
    const manifest = findPackageJSON(name, from);
    if (manifest === undefined) return undefined;
    const { exports } = JSON.parse(readFileSync(manifest, "utf8")) as { exports?: unknown };
    const entry = chosen(isRecord(exports) && "." in exports ? exports["."] : exports);
    return entry === undefined ? undefined : pathToFileURL(resolve(dirname(manifest), entry)).href;
  } catch {
    return undefined;
  }
}

/** The first of the conditions that this Node imports under. */
function chosen(target: unknown): string | undefined {
  if (typeof target === "string") return target;
  if (!isRecord(target)) return undefined;
  const key = Object.keys(target).find((condition) => ["node", "import", "module-sync", "default"].includes(condition));
  return key === undefined ? undefined : chosen(target[key]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
