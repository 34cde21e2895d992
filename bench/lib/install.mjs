import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { must, ScriptError } from "../../scripts/lib/run.mjs";
import { WORK } from "./places.mjs";
import { PEERS } from "./versions.mjs";

/**
 * Installs a peer from the npm registry, unless it is there.
 * @param {string} peer a folder's name in `PEERS`
 */
export function installPeer(peer) {
  const found = PEERS[peer];
  if (found === undefined) throw new ScriptError(`there is no peer ${peer}`);
  const manifest = { private: true, dependencies: { [found.name]: found.version } };
  const file = join(WORK, "peers", peer, "package.json");
  if (existsSync(modulesOf(peer)) && readFileSync(file, "utf8") === JSON.stringify(manifest)) return;
  install(dirname(file), manifest);
}

/**
 * Where a peer's packages lie once it is installed.
 * @param {string} peer
 */
export function modulesOf(peer) {
  return join(WORK, "peers", peer, "node_modules");
}

/**
 * Writes a manifest and installs what it names.
 * @param {string} folder
 * @param {object} manifest
 */
export function install(folder, manifest) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  must("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder });
}

/**
 * Makes packages a repository's own, as if they were its devDependencies: run from elsewhere, tools warn or start themselves again.
 * @param {string} repository
 * @param {string} modules where they are installed
 * @param {readonly string[]} names of packages or scopes
 */
export function linkPackages(repository, modules, names) {
  for (const name of names) {
    const link = join(repository, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(modules, name), link);
  }
}
