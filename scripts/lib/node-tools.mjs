import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { digestOf, readStamp, writeStamp } from "./digest.mjs";
import { CACHE, ROOT } from "./paths.mjs";
import { npm } from "./run.mjs";

const PACKAGES = "scripts/validator-packages.json";

/** Where the tests find them. */
const FOLDER = join(CACHE, "validators/node");

/** Installs the Node packages that the tests run as validators, unless these very releases are there. */
export function setUpNodeTools() {
  const wanted = digestOf([PACKAGES]);
  if (existsSync(join(FOLDER, "node_modules")) && readStamp("validators-node") === wanted) return;
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  copyFileSync(join(ROOT, PACKAGES), join(FOLDER, "package.json"));
  npm(["install", "--prefix", FOLDER, "--no-audit", "--no-fund", "--loglevel=error"]);
  writeStamp("validators-node", wanted);
}
