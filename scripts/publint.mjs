// Checks the packages as they would be published: exports, types, files.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { PACKAGES, ROOT } from "./lib/paths.mjs";
import { script } from "./lib/run.mjs";

await script(async () => {
  let bad = 0;
  for (const name of PACKAGES) {
    const pkgDir = join(ROOT, "packages", name);
    const manifest = JSON.parse(readFileSync(join(pkgDir, "package.json"), "utf8"));
    const { messages } = await publint({ pkgDir, strict: true, pack: "npm" });
    for (const message of messages) {
      bad++;
      process.stdout.write(`packages/${name}/package.json  ${formatMessage(message, manifest)}\n`);
    }
  }
  return bad === 0 ? 0 : 1;
});
