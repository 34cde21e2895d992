import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../lib/paths.mjs";
import { venvBin } from "../lib/python.mjs";
import { output } from "../real-repositories/processes.mjs";
import { SETTINGS } from "./settings.mjs";

/** @typedef {import("./settings.mjs").Repository} Repository */
/** @typedef {{ repository: Repository, root: string, python: string, place: string }} Checkout */
/** @typedef {Readonly<Record<string, string | null>>} Edits the new text of each file; null: it is deleted */

const CONFIG = "symbiotic.config.mjs";

/** The built plugin: it is not installed in the checkout. */
const PLUGIN = pathToFileURL(join(ROOT, "packages/plugin-pytest/dist/index.js")).href;

/**
 * The clone of a repository with its environment; both are made where they are missing.
 * @param {Repository} repository
 * @param {{ place: string, mirror?: string | undefined, kind?: "main" | "testmon" }} where `mirror`: a folder with `owner+name/repo`
 * @returns {Checkout}
 */
export function openCheckout(repository, { place, mirror, kind = "main" }) {
  const root = join(place, kind, repository.name);
  const python = join(venvBin(join(root, ".venv")), "python");
  const stamp = join(place, kind, `${repository.name}.json`);
  const wanted = JSON.stringify([SETTINGS.python, pinsOf(repository, kind)]);
  const checkout = { repository, root, python, place };
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
    rmSync(root, { recursive: true, force: true });
    mkdirSync(dirname(root), { recursive: true });
    const url = mirror === undefined ? `https://github.com/${repository.source}.git` : mirrored(mirror, repository);
    output("git", ["clone", "--quiet", "--no-hardlinks", url, root], { cwd: place });
    // The command reads its configuration from here, and git must not see what is ours.
    appendFileSync(join(root, ".git/info/exclude"), `.venv/\n.symbiotic/\n${CONFIG}\n.coverage*\n.testmondata*\n`);
    goTo(checkout, repository.head);
    install(checkout, kind);
    writeFileSync(stamp, wanted);
  }
  configure(checkout);
  return checkout;
}

/** @param {string} mirror @param {Repository} repository */
function mirrored(mirror, { source }) {
  return join(mirror, source.replace("/", "+"), "repo");
}

/** @param {Repository} repository @param {"main" | "testmon"} kind */
function pinsOf(repository, kind) {
  return [...SETTINGS.install, ...repository.install, ...(kind === "testmon" ? [SETTINGS.testmon] : [])];
}

/** @param {Checkout} checkout @param {"main" | "testmon"} kind */
function install({ repository, root, python }, kind) {
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"];
  output(`python${SETTINGS.python}`, ["-m", "venv", join(root, ".venv")], { cwd: root });
  output(python, [...pip, ...pinsOf(repository, kind)], { cwd: root });
  output(python, [...pip, "-e", "."], { cwd: root });
}

/**
 * How the command is told about a repository.
 * @param {Repository} repository
 * @param {Record<string, unknown>} [options] more of the plugin's options
 */
function configOf({ args = [], testPaths = [] }, options = {}) {
  const pytest = JSON.stringify({ args, testPaths, granularity: "recorded", ...options });
  const config = `{ disable: ["ruff", "node"], plugins: [pytest(${pytest})] }`;
  return `import { pytest } from ${JSON.stringify(PLUGIN)};\n\nexport default ${config};\n`;
}

/**
 * @param {Checkout} checkout
 * @param {Record<string, unknown>} [options]
 */
export function configure({ repository, root }, options = {}) {
  writeFileSync(join(root, CONFIG), configOf(repository, options));
}

/**
 * The tree of a commit and nothing else, but for what git is told to leave alone.
 * @param {Pick<Checkout, "root">} checkout
 * @param {string} commit
 */
export function goTo({ root }, commit) {
  output("git", ["checkout", "--quiet", "--force", "--detach", commit], { cwd: root });
  output("git", ["clean", "-fdq"], { cwd: root });
}

/**
 * @param {Pick<Checkout, "root">} checkout
 * @param {Edits} edits
 */
export function apply({ root }, edits) {
  for (const [path, text] of Object.entries(edits)) {
    const file = join(root, path);
    if (text === null) rmSync(file);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
}

/**
 * The commit of the tree with the edits, the same each time.
 * @param {Checkout} checkout
 * @param {string} parent
 * @param {Edits} edits
 * @returns {string}
 */
export function commitOf(checkout, parent, edits) {
  const { root } = checkout;
  goTo(checkout, parent);
  apply(checkout, edits);
  const date = "2026-01-01T00:00:00Z";
  const person = { name: "probes", email: "probes@example.invalid" };
  const env = {
    ...process.env,
    ...{ GIT_AUTHOR_NAME: person.name, GIT_AUTHOR_EMAIL: person.email, GIT_AUTHOR_DATE: date },
    ...{ GIT_COMMITTER_NAME: person.name, GIT_COMMITTER_EMAIL: person.email, GIT_COMMITTER_DATE: date },
  };
  output("git", ["add", "--all", "--force", "--", ...Object.keys(edits)], { cwd: root });
  output("git", ["commit", "--quiet", "--no-verify", "--no-gpg-sign", "-m", "Add probes"], { cwd: root, env });
  return output("git", ["rev-parse", "HEAD"], { cwd: root }).trim();
}

/**
 * The commits of the range, oldest first.
 * @param {Checkout} checkout
 */
export function rangeOf({ root, repository: { base, head } }) {
  const listed = output("git", ["rev-list", "--first-parent", "--reverse", `${base}..${head}`], { cwd: root });
  return listed.trim().split("\n");
}
