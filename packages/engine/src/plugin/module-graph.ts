import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { byCodeUnit, canonicalJson } from "../core/json.ts";
import { lateImports } from "./late-imports.ts";

/** Which module imported which while it was recorded: the edges that a plugin's identity is computed from. */
export interface ModuleGraph {
  /** `file:` URLs by the URL of the module that imported them. */
  readonly imports: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * One map for the process: a module that was loaded once is not resolved again, so its edges are known only from then.
 */
const imports = new Map<string, Set<string>>();

/** That a module looked for another one by name or path. */
export interface Resolution {
  /** As it stands there; of one of Node's own modules, its URL: `node:fs`. */
  readonly specifier: string;
  /** The URL of the module that looked for it. */
  readonly parent: string;
}

const resolutions = new Map<string, Resolution>();

/** Records that a file was looked for by name or path and found. */
export function noteResolution(specifier: string, parent: string): void {
  resolutions.set(JSON.stringify([specifier, parent]), { specifier, parent });
}

/** Everything that was looked for and found so far to know a configuration and its plugins. */
export function moduleResolutions(): Iterable<Resolution> {
  return resolutions.values();
}

/** Runs `load` and records every module that it brings in, of both module systems. */
export async function recordModules<T>(
  load: () => Promise<T>,
): Promise<{ readonly value: T; readonly graph: ModuleGraph }> {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const parent = context.parentURL;
      if (parent !== undefined && resolved.url.startsWith("file:")) {
        const known = imports.get(parent) ?? new Set();
        imports.set(parent, known.add(resolved.url));
        noteResolution(specifier, parent);
      } else if (parent !== undefined) noteResolution(resolved.url, parent);
      // Where no `type` says what a `.ts` file is, Node parses it twice and warns; what is loaded here is always a module.
      const isOpen = resolved.url.endsWith(".ts") && resolved.format !== "module-typescript";
      return isOpen ? { ...resolved, format: "module-typescript" } : resolved;
    },
  });
  try {
    return { value: await load(), graph: { imports } };
  } finally {
    hooks.deregister();
  }
}

/** Files that identities were made of: packages' manifests and code. */
const consulted = new Set<string>();

/** Every file that was loaded or digested so far to know a configuration and its plugins; absolute. */
export function moduleFiles(): ReadonlySet<string> {
  return new Set([...consulted, ...importedFiles()]);
}

/** Every file of a module that was loaded so far; absolute. */
export function importedFiles(): ReadonlySet<string> {
  const loaded = [...imports].flatMap(([parent, children]) => [parent, ...children]);
  return new Set(loaded.filter((url) => url.startsWith("file:")).map((url) => fileURLToPath(url)));
}

/** Records that an identity was made of a file that another process loaded. */
export function noteFile(file: string): void {
  consulted.add(file);
}

/** A package as its own `package.json` describes it. */
export interface PackageFacts {
  readonly directory: string;
  readonly name: string;
  readonly version: string;
  /** Whether it lies in a `node_modules` folder, that is, was installed rather than written here. */
  readonly installed: boolean;
}

/** The package that a module belongs to, if it belongs to one with a name and a version. */
export function packageOf(file: string): PackageFacts | undefined {
  for (let directory = dirname(file); ; directory = dirname(directory)) {
    const manifest = join(directory, "package.json");
    if (existsSync(manifest)) {
      consulted.add(manifest);
      const { name, version } = JSON.parse(readFileSync(manifest, "utf8")) as { name?: unknown; version?: unknown };
      if (typeof name === "string" && typeof version === "string") {
        return { directory, name, version, installed: file.split(sep).includes("node_modules") };
      }
    }
    if (directory === dirname(directory)) return undefined;
  }
}

/** sha256 over the code of an installed package: the same wherever and by whatever it was installed. */
export function packageDigest(directory: string): string {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && /\.(?:[cm]?[jt]s|json|wasm|node|py)$/.test(entry.name) && entry.name !== "package.json",
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(directory, file).split(sep).includes("node_modules"));
  return digestOfFiles(directory, files);
}

/** The engine's own folder. It stands for itself: which of its own modules were loaded before is no business of a plugin's. */
export const ENGINE: string | undefined = packageOf(fileURLToPath(import.meta.url))?.directory;

/** sha256 over every module reachable from `url`: local ones by their bytes, installed packages by name and version. */
export function moduleGraphDigest(url: string, graph: ModuleGraph): string {
  const local = new Set<string>();
  const packages = new Set<string>();
  const open = [url];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const file = fileURLToPath(next);
    const owner = packageOf(file);
    if (owner !== undefined && (owner.installed || owner.directory === ENGINE))
      packages.add(`${owner.name}@${owner.version}`);
    else if (!local.has(file)) {
      local.add(file);
      open.push(...(graph.imports.get(next) ?? []), ...lateImports(file).map((late) => pathToFileURL(late).href));
    }
  }
  const code = digestOfFiles(dirname(fileURLToPath(url)), [...local]);
  return createHash("sha256")
    .update(canonicalJson([code, [...packages].sort(byCodeUnit)]))
    .digest("hex");
}

function digestOfFiles(from: string, files: readonly string[]): string {
  for (const file of files) consulted.add(file);
  const entries = files.map((file) => [
    relative(from, file).split(sep).join("/"),
    createHash("sha256").update(readFileSync(file)).digest("hex"),
  ]);
  entries.sort(([a = ""], [b = ""]) => byCodeUnit(a, b));
  return createHash("sha256").update(canonicalJson(entries)).digest("hex");
}
