import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { venvBin } from "../lib/python.mjs";
import { output } from "../real-repositories/processes.mjs";
import { apply, configure } from "./checkout.mjs";
import { SETTINGS } from "./settings.mjs";

/** @typedef {import("./checkout.mjs").Checkout} Checkout */
/** @typedef {import("./checkout.mjs").Edits} Edits */

/**
 * A repository of one commit with these files, its package `pkg` and its tests in `tests`, made anew; its environment stays.
 * @param {string} place
 * @param {string} name
 * @param {Edits} texts
 * @returns {Checkout}
 */
export function generated(place, name, texts) {
  const root = join(place, "main", name);
  const python = join(venvBin(join(root, ".venv")), "python");
  const repository = { name, kind: "", source: "", base: "", head: "", package: "pkg", tests: "tests", install: [] };
  const checkout = { repository, root, python, place };
  mkdirSync(root, { recursive: true });
  for (const folder of new Set([".git", ...Object.keys(texts).map((path) => path.split("/")[0] ?? path)]))
    rmSync(join(root, folder), { recursive: true, force: true });
  apply(checkout, {
    ...{ "pkg/__init__.py": "", "tests/__init__.py": "", "pyproject.toml": settingsOf(name) },
    ".gitignore": ".venv\n.symbiotic\nsymbiotic.config.mjs\n",
    ...texts,
  });
  configure(checkout);
  if (!existsSync(python)) {
    output(`python${SETTINGS.python}`, ["-m", "venv", join(root, ".venv")], { cwd: root });
    output(python, ["-m", "pip", "install", "--quiet", "--no-deps", ...SETTINGS.install], { cwd: root });
  }
  const person = ["-c", `user.name=${name}`, "-c", `user.email=${name}@example.invalid`];
  output("git", ["init", "--quiet"], { cwd: root });
  output("git", ["add", "--all"], { cwd: root });
  output("git", [...person, "commit", "--quiet", "--no-gpg-sign", "-m", "Begin"], { cwd: root });
  return checkout;
}

/** @param {string} name */
function settingsOf(name) {
  const project = `[project]\nname = "${name}"\nversion = "1"\n`;
  const pytest = '[tool.pytest.ini_options]\npythonpath = ["."]\ntestpaths = ["tests"]\n';
  return [project, pytest, '[tool.coverage.run]\nsource = ["pkg"]\n'].join("\n");
}
