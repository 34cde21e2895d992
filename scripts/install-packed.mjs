// Packs the packages and installs them in a folder, without network: `node scripts/install-packed.mjs <folder>`.
import { resolve } from "node:path";
import { installPacked } from "./lib/packed.mjs";
import { script, ScriptError } from "./lib/run.mjs";

await script(() => {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new ScriptError("name a folder; it is made empty");
  installPacked(resolve(folder), "--offline");
});
