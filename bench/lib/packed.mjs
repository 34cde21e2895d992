import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildIsFresh, digestOfSources } from "../../scripts/lib/digest.mjs";
import { PACKAGES, ROOT } from "../../scripts/lib/paths.mjs";
import { must, projectNode, ScriptError } from "../../scripts/lib/run.mjs";
import { install, installPeer, modulesOf } from "./install.mjs";
import { WORK } from "./places.mjs";

const PACKED = join(WORK, "symbiotic");

/** Where the packed packages are installed. */
export const PACKED_MODULES = join(PACKED, "node_modules");

/** Packs the packages of this repository as they would be published, and installs what was packed, unless that was done. */
export function installSymbiotic() {
  const sources = digestOfSources().slice(0, 12);
  if (existsSync(PACKED_MODULES) && installedSources() === sources) return;
  if (!buildIsFresh()) must(projectNode(), [join(ROOT, "scripts/build.mjs")]);
  installPeer("pnpm");
  const packs = join(PACKED, "packs");
  rmSync(PACKED, { recursive: true, force: true });
  mkdirSync(packs, { recursive: true });
  const pnpm = join(modulesOf("pnpm"), ".bin/pnpm");
  for (const name of PACKAGES)
    must(pnpm, ["pack", "--silent", "--pack-destination", packs], { cwd: join(ROOT, "packages", name) });
  const dependencies = Object.fromEntries(
    PACKAGES.map((name) => [`@symbiotic-build/${name}`, `file:packs/${fileOf(packs, name)}`]),
  );
  install(PACKED, { private: true, dependencies, sources });
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
  return join(PACKED_MODULES, "@symbiotic-build/cli/bin/symbiotic.js");
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
