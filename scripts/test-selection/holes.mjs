import { chmodSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { venvBin } from "../lib/python.mjs";
import { output } from "../real-repositories/processes.mjs";
import { apply, configure } from "./checkout.mjs";
import { HOLES } from "./hole-texts.mjs";
import { runPlain } from "./plain.mjs";
import { runSelector } from "./selector.mjs";
import { SETTINGS } from "./settings.mjs";

/** @typedef {import("./checkout.mjs").Checkout} Checkout */

const FILES = {
  "pyproject.toml":
    '[project]\nname = "holes"\nversion = "1"\n\n[tool.pytest.ini_options]\npythonpath = ["."]\ntestpaths = ["tests"]\n\n[tool.coverage.run]\nsource = ["pkg"]\n',
  "pkg/__init__.py": "",
  "tests/__init__.py": "",
  "tools/__init__.py": "",
};

/**
 * A small repository of which each test file depends on something in a way that a record may miss: all of it changes at once, and
 * most tests have to fail then.
 * @param {string} place
 * @param {(text: string) => void} say
 * @returns {number} how many were served stale
 */
export function holes(place, say) {
  const checkout = made(place);
  const store = join(place, "stores/holes");
  rmSync(store, { recursive: true, force: true });
  const cold = runSelector(checkout, { store });
  say(`holes: ${cold.outcomes.size} tests, ${cold.status}, ${cold.selection.never.length} files never served`);
  for (const { change = {}, executable } of Object.values(HOLES)) {
    apply(checkout, change);
    if (executable !== undefined) chmodSync(join(checkout.root, executable), 0o755);
  }
  const truth = runPlain(checkout).outcomes;
  const { selection } = runSelector(checkout, { store });
  const failing = [...truth].filter(([, outcome]) => outcome === "failed").map(([id]) => id.split("::")[0] ?? id);
  const stale = failing.filter((file) => selection.served.includes(file));
  for (const file of stale) say(`  STALE ${file}`);
  say(`holes: ${failing.length} of ${truth.size} tests fail now, ${stale.length} served stale`);
  return stale.length;
}

/** @param {string} place @returns {Checkout} */
function made(place) {
  const root = join(place, "main/holes");
  const python = join(venvBin(join(root, ".venv")), "python");
  const repository = {
    name: "holes",
    kind: "",
    source: "",
    base: "",
    head: "",
    package: "pkg",
    tests: "tests",
    install: [],
  };
  const checkout = { repository, root, python, place };
  for (const name of ["pkg", "tests", "tools", "certificates", ".git"])
    rmSync(join(root, name), { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  const tests = Object.entries(HOLES).map(([name, { test }]) => [`tests/test_${name}.py`, test]);
  apply(checkout, {
    ...FILES,
    ".gitignore": ".venv\n.symbiotic\nsymbiotic.config.mjs\n",
    ...Object.fromEntries(tests),
  });
  for (const { files = {} } of Object.values(HOLES)) apply(checkout, files);
  configure(checkout);
  if (!existsSync(python)) {
    output(`python${SETTINGS.python}`, ["-m", "venv", join(root, ".venv")], { cwd: root });
    output(python, ["-m", "pip", "install", "--quiet", "--no-deps", ...SETTINGS.install], { cwd: root });
  }
  const person = ["-c", "user.name=holes", "-c", "user.email=holes@example.invalid"];
  output("git", ["init", "--quiet"], { cwd: root });
  output("git", ["add", "--all"], { cwd: root });
  output("git", [...person, "commit", "--quiet", "--no-gpg-sign", "-m", "Begin"], { cwd: root });
  return checkout;
}
