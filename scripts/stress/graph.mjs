import { existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { createPackages, packageOf } from "../../test/support/packages-repository.ts";
import { copyAside, runs, same } from "./engine.mjs";

/** @typedef {import("../../test/support/repository.ts").TestRepository} TestRepository */
/** @typedef {import("./random.mjs").Random} Random */

const STEPS = 6;
const NAMES = ["core", "web", "docs"];
const COMMAND = ["run", "all", "--affected", "--base", "main"];

/** Edits at random between runs with `--affected`; each plans what one plans that knows of no run before it. @type {import("./stresses.mjs").Stress} */
export async function graph(random) {
  using repository = createPackages();
  const done = [];
  await plannedAt(repository);
  for (let step = 0; step < STEPS; step += 1) {
    for (let many = 1 + random.int(2); many > 0; many -= 1) done.push(random.pick(EDITS)(repository, random));
    const aside = copyAside(repository);
    const planned = await plannedAt(repository);
    same(done.join(", "), planned, await plannedAt({ root: aside, env: repository.env }));
    // Told once more, of which nothing changed: by the graph of the last run where it could be kept.
    if (random.chance(0.5)) same(`${done.join(", ")}, and once more`, await plannedAt(repository), planned);
  }
}

/**
 * What a run plans, and why, or what it says where it cannot.
 * @param {{ readonly root: string, readonly env: Readonly<Record<string, string>> }} place
 */
async function plannedAt({ root, env }) {
  const folder = join(root, ".symbiotic/runs");
  rmSync(folder, { recursive: true, force: true });
  const { exitCode, all } = await runs({ root, env }, COMMAND, { isLater: true });
  const [name] = existsSync(folder) ? readdirSync(folder) : [];
  if (name === undefined) return [exitCode, all.replaceAll(root, "<root>")];
  const lines = readFileSync(join(folder, name, "events.jsonl"), "utf8")
    .split("\n")
    .filter(Boolean);
  const events = lines.map((line) => JSON.parse(line).event);
  const [{ projects, comparison, changed }] = events;
  const told = events.filter(({ type }) => type === "project-affected" || type === "plan-ready");
  return [exitCode, projects, comparison, changed, told];
}

/** @type {readonly ((repository: TestRepository, random: Random) => string)[]} */
const EDITS = [
  edit,
  edit,
  edit,
  (repository, random) => {
    const path = random.pick(["shared/words.txt", "README.md", ".gitignore"]);
    return wrote(repository, path, `${repository.read(path)}# ${random.int(100)}\n`);
  },
  (repository, random) => wrote(repository, `packages/${random.pick(NAMES)}/src/new-${random.int(2)}.txt`, "new\n"),
  (repository, random) => {
    const path = `packages/${random.pick(NAMES)}/src/b.txt`;
    rmSync(join(repository.root, path), { force: true });
    return `${path} deleted`;
  },
  (repository, random) => {
    const [from, to] = [1, 2].map(() => join(repository.root, "packages", random.pick(NAMES), "src/b.txt"));
    if (from === undefined || to === undefined || !existsSync(from)) return "nothing";
    renameSync(from, to);
    return `${from} is ${to}`;
  },
  (repository, random) => {
    const needs = random.chance(0.5) ? { core: "workspace:*" } : {};
    repository.write(packageOf("docs", needs));
    return `docs needs ${Object.keys(needs).join()}`;
  },
  (repository, random) => {
    const path = `packages/${random.pick(NAMES)}/src/link.txt`;
    rmSync(join(repository.root, path), { force: true });
    symlinkSync("a.txt", join(repository.root, path));
    return `${path} is a link`;
  },
  (repository, random) => {
    const flag = random.pick(["--assume-unchanged", "--no-assume-unchanged"]);
    repository.git("update-index", flag, "packages/docs/src/a.txt");
    return flag;
  },
  (repository) => {
    repository.git("add", "--all");
    return "staged";
  },
  (repository) => {
    repository.git("add", "--all");
    repository.git("commit", "--quiet", "--allow-empty", "--message", "more");
    return "committed";
  },
  (repository) => {
    repository.git("stash", "--quiet", "--include-untracked");
    return "stashed";
  },
  (repository, random) => {
    const config = repository.read("symbiotic.config.ts").replace(/wc -\w/, `wc -${random.pick(["c", "l"])}`);
    return wrote(repository, "symbiotic.config.ts", config);
  },
];

/** @param {TestRepository} repository @param {Random} random */
function edit(repository, random) {
  return wrote(repository, `packages/${random.pick(NAMES)}/src/a.txt`, `${random.int(1000)}\n`);
}

/** @param {TestRepository} repository @param {string} path @param {string} text */
function wrote(repository, path, text) {
  repository.write({ [path]: text });
  return `${path} says ${JSON.stringify(text.slice(-20))}`;
}
