import { chmodSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { venvBin } from "../lib/python.mjs";
import { output } from "../real-repositories/processes.mjs";
import { apply, configure } from "./checkout.mjs";
import { HOLES } from "./hole-texts.mjs";
import { runPlain } from "./plain.mjs";
import { copyStore, runSelector } from "./selector.mjs";
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
 * A small repository of which each test file depends on something in a way that a record may miss: one after the other changes, over
 * the records of the tree as it was.
 * @param {string} place
 * @param {(text: string) => void} say
 * @returns {number} how many were served stale
 */
export function holes(place, say) {
  const checkout = made(place);
  const [records, store] = [join(place, "stores/holes-cold"), join(place, "stores/holes")];
  rmSync(records, { recursive: true, force: true });
  const cold = runSelector(checkout, { store: records });
  say(`holes: ${cold.outcomes.size} tests, ${cold.status}, ${cold.selection.never.length} files never served`);
  let [stale, failing] = [0, 0];
  for (const [name, { change = {}, executable }] of Object.entries(HOLES)) {
    if (Object.keys(change).length === 0 && executable === undefined) continue;
    copyStore(records, store);
    apply(checkout, change);
    if (executable !== undefined) chmodSync(join(checkout.root, executable), 0o755);
    const truth = failedFiles(runPlain(checkout).outcomes);
    const { selection } = runSelector(checkout, { store });
    const missed = truth.filter((file) => selection.served.includes(file));
    say(
      `  ${name}: ${truth.length} fail, ${selection.served.length} served${missed.length > 0 ? ` STALE ${missed.join(" ")}` : ""}`,
    );
    failing += truth.length;
    stale += missed.length;
    for (const args of [
      ["checkout", "--quiet", "--", "."],
      ["clean", "--quiet", "-d", "--force"],
    ])
      output("git", args, { cwd: checkout.root });
  }
  say(`holes: ${failing} files fail, ${stale} served stale`);
  return stale;
}

/** @param {ReadonlyMap<string, string>} outcomes */
function failedFiles(outcomes) {
  const failed = [...outcomes].filter(([, outcome]) => outcome === "failed" || outcome === "error");
  return [...new Set(failed.map(([id]) => id.split("::")[0] ?? id))];
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
