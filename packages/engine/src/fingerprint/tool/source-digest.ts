import { createHash, hash } from "node:crypto";
import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { byCodeUnit } from "../../core/json.ts";
import { type FileStat, isSettled } from "../files/file-stat.ts";
import { realPath, type Memo } from "./memo.ts";

/** What Python imports. */
const MODULE = /\.(?:pyi?|so|pyd)$/;
/** Folders that hold nothing which is imported from here: caches, environments, git. */
const PASSED_OVER = /^(?:\..*|__pycache__|node_modules)$/;
/** Above this number of files it is not their bytes that count but their sizes and times, which change with them. */
const MOST_READ = 20_000;

interface Module {
  /** Relative to the source, with `/`. */
  readonly name: string;
  readonly path: string;
  readonly stat: FileStat;
}

/** What digesting sources takes from outside. */
export interface SourceHost {
  readonly memo: Memo;
  /** The time in milliseconds since 1970. */
  readonly now: () => number;
}

/** The digest of the modules in a folder, or of one that is a file: names and bytes. Remembered while all of them look untouched. */
export function sourceDigest(source: string, { memo, now }: SourceHost): string {
  const modules = modulesIn(source, "", new Set()).sort((a, b) => byCodeUnit(a.name, b.name));
  const stamp = stampOfAll(modules);
  if (modules.length > MOST_READ) return stamp;
  const key = `source:${source}`;
  const known = memo.get(key);
  if (Array.isArray(known) && known[0] === stamp && typeof known[1] === "string") return known[1];
  const digest = digestOfAll(modules);
  if (modules.every(({ stat }) => isSettled(stat, now()))) memo.set(key, [stamp, digest]);
  return digest;
}

function modulesIn(path: string, name: string, seen: Set<string>): Module[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() === true) return MODULE.test(path) ? [{ name, path, stat }] : [];
  const real = realPath(path);
  // A link to a folder above makes no circle: each folder is entered once.
  if (stat?.isDirectory() !== true || real === undefined || seen.has(real)) return [];
  seen.add(real);
  if (name !== "" && existsSync(join(path, "pyvenv.cfg"))) return [];
  return entriesOf(path)
    .filter((entry) => !PASSED_OVER.test(entry.name) && (!entry.isFile() || MODULE.test(entry.name)))
    .flatMap((entry) => modulesIn(join(path, entry.name), name === "" ? entry.name : `${name}/${entry.name}`, seen));
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => byCodeUnit(a.name, b.name));
  } catch {
    return [];
  }
}

function stampOfAll(modules: readonly Module[]): string {
  const rows = modules.map(({ name, stat }) => [
    name,
    String(stat.size),
    String(stat.mtimeMs),
    String(stat.ctimeMs),
    String(stat.ino),
  ]);
  return hash("sha256", JSON.stringify(rows));
}

function digestOfAll(modules: readonly Module[]): string {
  const sum = createHash("sha256");
  for (const { name, path } of modules) sum.update(`${JSON.stringify([name, hash("sha256", readFileSync(path))])}\n`);
  return sum.digest("hex");
}
