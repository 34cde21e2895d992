import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { rolldown } from "rolldown";
import { CACHE, ROOT } from "../lib/paths.mjs";

const ZOD = join(ROOT, "node_modules/zod");
/** Below a `node_modules`, as an installed package is. */
const PLACE = join(CACHE, "slim/node_modules/zod");

/**
 * Makes the zod that the plugins of the tests import: the installed one in one file and without the texts of sixty
 * languages. Every process and every thread of theirs imports it, and eighty files take longer than all else of a plugin.
 */
export async function setup() {
  const { version, license } = JSON.parse(readFileSync(join(ZOD, "package.json"), "utf8"));
  const manifest = JSON.stringify({ name: "zod", version, license, type: "module", exports: "./index.js" });
  if (isMade(manifest)) return;
  mkdirSync(dirname(PLACE), { recursive: true });
  const place = mkdtempSync(join(CACHE, "slim-"));
  const build = await rolldown({ input: join(ZOD, "index.js"), plugins: [withoutLanguages()] });
  await build.write({ file: join(place, "index.js"), format: "esm" });
  await build.close();
  cpSync(join(ZOD, "LICENSE"), join(place, "LICENSE"));
  writeFileSync(join(place, "package.json"), manifest);
  // Some tests run as other users.
  chmodSync(place, 0o755);
  rmSync(PLACE, { recursive: true, force: true });
  renameSync(place, PLACE);
}

/** @param {string} manifest */
function isMade(manifest) {
  const file = join(PLACE, "package.json");
  return existsSync(file) && readFileSync(file, "utf8") === manifest;
}

function withoutLanguages() {
  return {
    name: "without-languages",
    /** @param {string} id */
    load: (id) => (/[\\/]locales[\\/]index\.js$/.test(id) ? "export {};" : undefined),
  };
}
