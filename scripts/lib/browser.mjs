import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ROOT } from "./paths.mjs";
import { status } from "./run.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

/**
 * Has a Chromium installed on a Linux that has none, as far as that can be done without asking: the tests of pages drive
 * one. Where it cannot, these tests say so; the others need none.
 */
export function setUpBrowser() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const isThere = NAMES.some((name) => folders.some((folder) => existsSync(join(folder, name))));
  if (process.platform !== "linux" || isThere) return;
  if (status("bash", [join(ROOT, "scripts/system-deps")]) !== 0)
    process.stdout.write("no Chromium could be installed: the tests of pages will fail\n");
}
