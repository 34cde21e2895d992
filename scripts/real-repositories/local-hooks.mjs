import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { output } from "./processes.mjs";

const RUFF = { language: "python", types_or: ["python", "pyi", "jupyter"], require_serial: true };
const TEXT = { language: "python", types: ["text"] };

/**
 * Repositories of hooks that are made here, for a machine that reaches a package registry and no more: each installs the
 * real package in the release that is asked for.
 */
const REPOSITORIES = [
  {
    url: "https://github.com/astral-sh/ruff-pre-commit",
    package: "ruff",
    hooks: [
      { id: "ruff-check", entry: "ruff check --force-exclude", ...RUFF },
      { id: "ruff", entry: "ruff check --force-exclude", ...RUFF },
      { id: "ruff-format", entry: "ruff format --force-exclude", ...RUFF },
    ],
  },
  {
    url: "https://github.com/pre-commit/pre-commit-hooks",
    package: "pre-commit-hooks",
    hooks: [
      { id: "check-case-conflict", entry: "check-case-conflict", language: "python" },
      { id: "check-merge-conflict", entry: "check-merge-conflict", ...TEXT },
      { id: "check-toml", entry: "check-toml", language: "python", types: ["toml"] },
      { id: "check-yaml", entry: "check-yaml", language: "python", types: ["yaml"] },
      { id: "debug-statements", entry: "debug-statement-hook", language: "python", types: ["python"] },
      { id: "end-of-file-fixer", entry: "end-of-file-fixer", ...TEXT },
      { id: "fix-byte-order-marker", entry: "fix-byte-order-marker", ...TEXT },
      { id: "mixed-line-ending", entry: "mixed-line-ending", ...TEXT },
      { id: "trailing-whitespace", entry: "trailing-whitespace-fixer", ...TEXT },
    ],
  },
];

/**
 * Makes those of these repositories that a configuration names, and a home in whose git settings they stand for the
 * public ones.
 * @param {string} root with `.pre-commit-config.yaml`
 * @param {string} folder
 * @returns {NodeJS.ProcessEnv} what both sides are given
 */
export function localHooks(root, folder) {
  const settings = readFileSync(join(root, ".pre-commit-config.yaml"), "utf8");
  const home = join(folder, "home");
  mkdirSync(home, { recursive: true });
  const made = REPOSITORIES.flatMap((repository) => {
    const rev = new RegExp(`${repository.url}\\s+rev:\\s*["']?([\\w.-]+)`).exec(settings)?.[1];
    return rev === undefined ? [] : [{ url: repository.url, path: makeRepository(repository, rev, folder) }];
  });
  const rules = made.map(({ url, path }) => `[url "file://${path}"]\n\tinsteadOf = ${url}\n`);
  writeFileSync(join(home, ".gitconfig"), rules.join(""));
  return { HOME: home, PRE_COMMIT_HOME: join(folder, "hooks-cache") };
}

/**
 * @param {typeof REPOSITORIES[number]} repository
 * @param {string} rev
 * @param {string} folder
 */
function makeRepository({ package: name, hooks }, rev, folder) {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  const release = rev.replace(/^v/, "");
  const setup = `from setuptools import setup\nsetup(name="hooks", py_modules=[], install_requires=["${name}==${release}"])\n`;
  writeFileSync(join(path, "setup.py"), setup);
  const lines = hooks.map((hook) => JSON.stringify({ name: hook.id, ...hook }));
  writeFileSync(join(path, ".pre-commit-hooks.yaml"), `[${lines.join(",\n")}]\n`);
  const git = (/** @type {string[]} */ ...args) => output("git", args, { cwd: path });
  git("init", "--quiet");
  git("add", ".");
  git("-c", "user.name=hooks", "-c", "user.email=hooks@localhost", "commit", "--quiet", "-m", "hooks");
  git("tag", rev);
  return path;
}
