import { existsSync, realpathSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { isSettled, statOf } from "../fingerprint/files/file-stat.ts";
import type { Resolution } from "../plugin/module-graph.ts";
import { folderNames } from "./folder-names.ts";
import { absent, allSeen, place, untouched, untouchedOrAbsent } from "./see-file.ts";
import type { SeenPath } from "./seen-paths.ts";

/** What a configuration and its plugins are known by. Paths are absolute. */
export interface Modules {
  /** Files that were loaded or digested. */
  readonly files: Iterable<string>;
  /** Where a configuration is looked for, whether one is there or not. */
  readonly places: readonly string[];
  /** Modules that were looked for by a name. */
  readonly resolutions: Iterable<Resolution>;
  /** The engine's own folder: it is told by its version. */
  readonly engine: string;
  /** When the run began, in milliseconds since 1970: before anything was loaded. */
  readonly startedAt: number;
}

/**
 * What must be as it is for the same configuration and the same plugins to be loaded again. Undefined where a file may have
 * been touched since it was loaded, or where a module written here may look at more than the modules it imports.
 */
export function seeModules(modules: Modules): readonly SeenPath[] | undefined {
  const { places, startedAt, engine } = modules;
  const files = [...new Set(modules.files)];
  const isInstalled = (file: string): boolean => file.split(sep).includes("node_modules");
  const isOwn = (file: string): boolean => !isInstalled(file) && !file.startsWith(join(engine, sep));
  const resolutions = [...modules.resolutions].filter(({ parent }) => parent.startsWith("file:"));
  if (resolutions.some(({ specifier, parent }) => LOOKS_AROUND.test(specifier) && isOwn(fileURLToPath(parent))))
    return undefined;
  const folders = new Set(files.filter(isInstalled).map((file) => dirname(file)));
  const others = places.filter((file) => !files.includes(file));
  return allSeen([
    ...files.map((file) => untouched(file, startedAt)),
    ...others.map((file) => untouchedOrAbsent(file, startedAt)),
    ...[...folders].map((folder) => packageFolder(folder, startedAt)),
    ...resolutions.flatMap(ways),
  ]);
}

/** A file that is added to an installed package changes what the package is. */
function packageFolder(path: string, startedAt: number): SeenPath | undefined {
  const stat = statOf(path);
  if (stat === undefined) return undefined;
  const { digest, isWhole } = folderNames(path);
  return { path, kind: "folder", digest, stat, isSettled: isWhole && isSettled(stat, startedAt) };
}

/** Modules of Node that read files, the network or the machine. What a module found there is not known. */
const LOOKS_AROUND =
  /^node:(?:child_process|cluster|dgram|dns|fs|http|https|http2|inspector|net|os|perf_hooks|readline|repl|sea|sqlite|tls|tty|v8|vm|wasi|worker_threads)(?:\/|$)/;

/** By which ways a module that is looked for by this name is found: nothing nearer than where it was, and a link that leads where it led. */
function ways({ specifier, parent }: Resolution): (SeenPath | undefined)[] {
  if (/^(?:#|node:|data:|file:)/.test(specifier)) return [];
  const folder = dirname(fileURLToPath(parent));
  return /^\.{0,2}\//.test(specifier) ? byPath(resolve(folder, specifier)) : byName(packageName(specifier), folder);
}

/** What is reached through a link has another name than it is asked for by. */
function byPath(path: string): (SeenPath | undefined)[] {
  return !existsSync(path) || realpathSync.native(path) === path ? [] : [place(path)];
}

function byName(name: string, from: string): (SeenPath | undefined)[] {
  const nearer: SeenPath[] = [];
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, "node_modules", name);
    if (existsSync(path)) return [...nearer, ...byPath(path)];
    if (folder === dirname(folder)) return nearer;
    if (!folder.endsWith(`${sep}node_modules`)) nearer.push(absent(path));
  }
}

function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
