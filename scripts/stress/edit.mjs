import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandRepository, treeOf } from "../../test/binary/correctness/support/commands.ts";
import { begun, copyAside, runs, same, start } from "./engine.mjs";

/** @typedef {import("../../test/support/repository.ts").TestRepository} TestRepository */
/** @typedef {import("./random.mjs").Random} Random */

const STEPS = 4;
const NAMES = ["a.txt", "b.txt", "c.txt", "deep/d.txt", "deep/e f.txt"];
/** Of one length: only what they say differs. `bad` makes the check fail. */
const TEXTS = ["one\n", "two\n", "six\n", "bad\n"];

/** Edits at random, between runs and during them; each result is that of a run without any cache. @type {import("./stresses.mjs").Stress} */
export async function edit(random) {
  using repository = commandRepository({
    atoms: {},
    files: {
      ...Object.fromEntries(NAMES.map((name) => [`in/${name}`, "one\n"])),
      "other.txt": "one\n",
      ...configOf("x"),
    },
  });
  const done = [];
  for (let step = 0; step < STEPS; step += 1) {
    for (let many = random.int(3); many > 0; many -= 1) done.push(editOne(repository, random));
    if (random.chance(0.4)) done.push(await editDuring(repository, random, step));
    await compare(repository, { isLater: random.chance(0.6), done });
    // Told once more, of which nothing changed: from a snapshot where there is one.
    if (random.chance(0.4)) await compare(repository, { isLater: true, done });
  }
}

/** Edits an input while the build waits to read it, and may take that back: its key is then the one that the build began with.
 * @param {TestRepository} repository
 * @param {Random} random
 * @param {number} step
 */
async function editDuring(repository, random, step) {
  const [path, slow] = [`in/${random.pick(NAMES)}`, join(repository.home, "slow")];
  wrote(repository, "in/step.txt", `${step}\n`);
  wrote(repository, path, random.pick(TEXTS));
  const before = repository.read(path);
  writeFileSync(slow, "");
  const running = start(repository, ["run", "check"]);
  await begun(repository, "build", running.ended);
  const done = wrote(repository, path, random.pick(TEXTS));
  await running.ended;
  rmSync(slow);
  if (random.chance(0.3)) return `${done} during a run`;
  wrote(repository, path, before);
  return `${done} during a run, taken back after it`;
}

/**
 * @param {TestRepository} repository
 * @param {{ readonly isLater: boolean, readonly done: readonly string[] }} how
 */
async function compare(repository, { isLater, done }) {
  const aside = copyAside(repository);
  const without = await runs({ root: aside, env: repository.env }, ["run", "check", "--no-cache"]);
  const { exitCode, all } = await runs(repository, ["run", "check"], { isLater });
  const wanted = [without.exitCode, treeOf(join(aside, "dist"))];
  same(`${done.join(", ")}; then ${all}`, [exitCode, treeOf(join(repository.root, "dist"))], wanted);
}

/** @type {readonly ((repository: TestRepository, random: Random) => string)[]} */
const EDITS = [
  (repository, random) => wrote(repository, `in/${random.pick(NAMES)}`, random.pick(TEXTS)),
  (repository, random) => wrote(repository, `in/${random.pick(NAMES)}`, random.pick(TEXTS)),
  (repository, random) => wrote(repository, `in/new-${random.int(3)}.txt`, random.pick(TEXTS)),
  (repository, random) => wrote(repository, "other.txt", random.pick(TEXTS)),
  (repository, random) =>
    wrote(repository, `dist/${random.pick(["all.txt", "names.txt", "new.txt"])}`, random.pick(TEXTS)),
  (repository, random) => {
    const salt = random.pick(["x", "y"]);
    repository.write(configOf(salt));
    return `command ${salt}`;
  },
  (repository, random) => onInput(repository, random, "deleted", (path) => rmSync(path)),
  (repository, random) =>
    onInput(repository, random, "renamed", (path) => renameSync(path, `${path}-${random.int(2)}.txt`)),
  (repository, random) =>
    onInput(repository, random, "made a program", (path) => chmodSync(path, random.pick([0o755, 0o644]))),
  (repository, random) =>
    onInput(repository, random, "with another time", (path) => utimesSync(path, random.int(2e9), random.int(2e9))),
  (repository) => {
    rmSync(join(repository.root, "dist"), { recursive: true, force: true });
    return "outputs deleted";
  },
  (repository) => {
    repository.commit();
    return "committed";
  },
  (repository) => {
    repository.git("checkout", "--quiet", "--", ".");
    return "checked out";
  },
];

/** @param {TestRepository} repository @param {Random} random */
function editOne(repository, random) {
  return random.pick(EDITS)(repository, random);
}

/** @param {TestRepository} repository @param {string} path @param {string} text */
function wrote({ root }, path, text) {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
  return `${path} says ${text.trim()}`;
}

/** @param {TestRepository} repository @param {Random} random @param {string} what @param {(path: string) => void} change */
function onInput({ root }, random, what, change) {
  const folder = join(root, "in");
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    : [];
  if (files.length === 0) return "nothing";
  const file = random.pick(files.map((entry) => join(entry.parentPath, entry.name)).sort());
  change(file);
  return `${file.slice(root.length + 1)} ${what}`;
}

/** Names, modes and texts of the inputs make the outputs; a check reads them. @param {string} salt */
function configOf(salt) {
  const list = `find in -type f | LC_ALL=C sort`;
  const atoms = {
    build: {
      command: `echo build >> "$HOME/ran"; if test -e "$HOME/slow"; then sleep 0.3; fi; mkdir -p dist && echo ${salt} > dist/all.txt && ${list} | while read -r file; do cat "$file" >> dist/all.txt; test -x "$file" && echo program >> dist/all.txt; done; ${list} > dist/names.txt`,
      inputs: ["in/**"],
      outputs: ["dist"],
    },
    check: { command: "! grep bad dist/all.txt", inputs: ["other.txt"], dependsOn: ["build"] },
  };
  return { "symbiotic.config.ts": `export default { atoms: ${JSON.stringify(atoms)} };\n` };
}
