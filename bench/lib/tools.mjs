import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digestOfSources } from "../../scripts/lib/digest.mjs";
import { PACKAGES, ROOT } from "../../scripts/lib/paths.mjs";
import { must, ScriptError } from "../../scripts/lib/run.mjs";
import { WORK } from "./places.mjs";
import { PNPM } from "./repository-files.mjs";

/** Turborepo, as it is measured. */
export const TURBO = "2.11.11";

/** Where Turborepo and pnpm are installed. */
export const TOOLS = join(WORK, "tools");

const PACKED = join(WORK, "symbiotic");

/** Installs Turborepo and pnpm from the npm registry, unless they are there. */
export function installPeers() {
  const manifest = { private: true, dependencies: { turbo: TURBO, pnpm: PNPM } };
  if (isInstalled(TOOLS, manifest)) return;
  install(TOOLS, manifest);
}

/** Packs the packages of this repository as they would be published, and installs what was packed. */
export function installSymbiotic() {
  const packs = join(PACKED, "packs");
  rmSync(PACKED, { recursive: true, force: true });
  mkdirSync(packs, { recursive: true });
  const pnpm = join(TOOLS, "node_modules/.bin/pnpm");
  for (const name of PACKAGES)
    must(pnpm, ["pack", "--silent", "--pack-destination", packs], { cwd: join(ROOT, "packages", name) });
  const dependencies = Object.fromEntries(
    PACKAGES.map((name) => [`@symbiotic-build/${name}`, `file:packs/${fileOf(packs, name)}`]),
  );
  install(PACKED, { private: true, dependencies, sources: digestOfSources().slice(0, 12) });
}

/**
 * The digest, shortened, of the sources that what is installed was packed from.
 * @returns {string | undefined}
 */
export function installedSources() {
  const file = join(PACKED, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).sources : undefined;
}

/** The program of the installed package, to be run by Node. */
export function symbioticBin() {
  return join(PACKED, "node_modules/@symbiotic-build/cli/bin/symbiotic.js");
}

/**
 * Makes Turborepo the repository's own, as if it were one of its devDependencies: run from elsewhere it warns.
 * @param {string} repository
 */
export function linkTurbo(repository) {
  const modules = join(repository, "node_modules");
  mkdirSync(modules);
  for (const name of ["turbo", "@turbo"]) symlinkSync(join(TOOLS, "node_modules", name), join(modules, name));
}

/**
 * The launcher of the npm package, to be run by Node, and the native program that it starts.
 * @param {string} repository
 */
export function turboBins(repository) {
  const { platform, arch } = process;
  const modules = join(repository, "node_modules");
  const native = `@turbo/${platform}-${arch === "x64" ? "64" : arch}/bin/turbo`;
  return { launcher: join(modules, "turbo/bin/turbo"), native: join(modules, native) };
}

/**
 * @param {string} folder
 * @param {object} manifest
 */
function isInstalled(folder, manifest) {
  const file = join(folder, "package.json");
  return existsSync(join(folder, "node_modules")) && readFileSync(file, "utf8") === JSON.stringify(manifest);
}

/**
 * @param {string} folder
 * @param {object} manifest
 */
function install(folder, manifest) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  must("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder });
}

/**
 * @param {string} packs
 * @param {string} name
 */
function fileOf(packs, name) {
  const file = readdirSync(packs).find((one) => one.startsWith(`symbiotic-build-${name}-`));
  if (file === undefined) throw new ScriptError(`packages/${name} was not packed`);
  return file;
}
