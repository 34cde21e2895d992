import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CACHE } from "./paths.mjs";
import { npm } from "./run.mjs";

/** Nodes that the tests need beside the one that runs them: one that is refused, and the oldest that is not. */
const VERSIONS = ["20.19.5", "22.18.0"];

/** Installs them below `.cache/nodes/<version>`, where the tests look for them. */
export function setUpNodes() {
  for (const version of VERSIONS) {
    const folder = join(CACHE, "nodes", version);
    if (existsSync(join(folder, "node_modules/node/bin"))) continue;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
    npm(["install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error", `node@${version}`]);
  }
}
