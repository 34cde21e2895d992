import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digestOf, readStamp, writeStamp } from "./digest.mjs";
import { CACHE, PACKAGES } from "./paths.mjs";
import { npm, pnpm } from "./run.mjs";

/** What npm has downloaded for our packages: with it an installation needs no network. */
const NPM_CACHE = join(CACHE, "packed/npm");

/** Fills npm's cache with all that the packages depend on, by installing them once, unless that was done. */
export function setUpPacked() {
  const wanted = digestOf(PACKAGES.map((name) => `packages/${name}/package.json`));
  if (readStamp("packed") === wanted) return;
  const folder = join(CACHE, "packed/trial");
  installPacked(folder, "--prefer-online");
  rmSync(folder, { recursive: true, force: true });
  writeStamp("packed", wanted);
}

/**
 * Packs the packages as they would be published and installs them in a folder, as a user would.
 * @param {string} folder absolute; made empty
 * @param {"--offline" | "--prefer-online"} network
 */
export function installPacked(folder, network) {
  const tarballs = join(folder, "tarballs");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(tarballs, { recursive: true });
  const env = network === "--offline" ? { ...process.env, npm_config_offline: "true" } : process.env;
  pnpm(["--reporter=silent", "--filter", "./packages/*", "pack", "--pack-destination", tarballs], { env });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const files = readdirSync(tarballs).map((file) => join(tarballs, file));
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  npm(["install", "--prefix", folder, "--cache", NPM_CACHE, network, ...quiet, ...files]);
}
