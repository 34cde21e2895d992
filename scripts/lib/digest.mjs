import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CACHE, PACKAGES, ROOT } from "./paths.mjs";

const SKIPPED = new Set(["node_modules", "dist", "coverage", "fixtures", "__snapshots__"]);

/**
 * One digest of all files below the given paths (names and contents), so that "nothing changed" can be told by content.
 * @param {readonly string[]} paths relative to the root; a missing one counts as missing
 * @param {(file: string) => boolean} [wanted]
 */
export function digestOf(paths, wanted = () => true) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => filesBelow(path)).filter(wanted)) {
    const absolute = join(ROOT, file);
    const bytes = existsSync(absolute) ? readFileSync(absolute) : Buffer.from("missing");
    hash.update(`${file.replaceAll("\\", "/")}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex");
}

/**
 * Files below a path, sorted, without what is generated or installed.
 * @param {string} path relative to the root
 * @returns {string[]}
 */
export function filesBelow(path) {
  const absolute = join(ROOT, path);
  if (!existsSync(absolute) || !statSync(absolute).isDirectory()) return [path];
  return readdirSync(absolute, { withFileTypes: true })
    .filter((entry) => !SKIPPED.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)]));
}

/** What the build depends on. */
export function digestOfSources() {
  const own = ["src", "package.json", "tsconfig.build.json"];
  const paths = PACKAGES.flatMap((name) => own.map((file) => join("packages", name, file)));
  const shared = ["tsconfig.json", "pnpm-lock.yaml", "scripts/build.mjs"];
  const libraries = ["ascii", "chunks", "lazy-builtins", "pages", "shared-zod"].map(
    (name) => `scripts/lib/${name}.mjs`,
  );
  return digestOf([...paths, ...shared, ...libraries], (file) => !file.endsWith(".test.ts"));
}

/** Whether dist/ of every package was made from the sources as they are now. */
export function buildIsFresh() {
  const made = PACKAGES.every((name) => existsSync(join(ROOT, "packages", name, "dist")));
  return made && readStamp("build") === digestOfSources();
}

/** @param {string} name */
export function readStamp(name) {
  const file = join(CACHE, "stamps", name);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/**
 * @param {string} name
 * @param {string} value
 */
export function writeStamp(name, value) {
  const file = join(CACHE, "stamps", name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, value);
}
