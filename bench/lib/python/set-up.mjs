import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findPython, makeVenv, venvBin } from "../../../scripts/lib/python.mjs";
import { must, ScriptError } from "../../../scripts/lib/run.mjs";
import { generate } from "../../generate.mjs";
import { commitAll } from "../commit.mjs";
import { measuredEnvironment } from "../environment.mjs";
import { linkPackages, modulesOf } from "../install.mjs";
import { planUnits } from "./plan.mjs";
import { REQUIREMENTS, UNITS } from "./repository-files.mjs";

/** @typedef {import("./plan.mjs").Unit} Unit */

/**
 * Makes the repository that is measured: generated, with its environment, its lockfile and one commit.
 * @param {string} folder
 * @param {number} count
 */
export async function setUpRepository(folder, count) {
  const written = generate(folder, count);
  const options = { cwd: folder, env: measuredEnvironment() };
  must("git", ["init", "--quiet", "--initial-branch=main"], options);
  const venv = join(folder, ".venv");
  makeVenv(findPython(), venv, join(folder, REQUIREMENTS));
  for (const unit of planUnits(count)) installEditable(sitePackages(venv), folder, unit);
  const ruff = join(venvBin(venv), "ruff");
  must(ruff, ["check", "--quiet", "."], options);
  must(ruff, ["format", "--check", "--quiet", "."], options);
  must("pnpm", ["install", "--lockfile-only", "--offline", "--silent"], options);
  linkPackages(folder, modulesOf("turbo"), ["turbo", "@turbo"]);
  await commitAll(options);
  return written;
}

/** @param {string} venv */
function sitePackages(venv) {
  if (process.platform === "win32") return join(venv, "Lib/site-packages");
  const python = readdirSync(join(venv, "lib")).find((name) => name.startsWith("python"));
  if (python === undefined) throw new ScriptError("the virtual environment has no site-packages");
  return join(venv, "lib", python, "site-packages");
}

/**
 * Leaves what `uv sync --all-packages` leaves of a member of a workspace.
 * @param {string} site
 * @param {string} repository
 * @param {Unit} unit
 */
function installEditable(site, repository, { name, module, dependsOn }) {
  const folder = join(site, `${module}-0.1.0.dist-info`);
  const source = join(repository, UNITS, name);
  const requires = dependsOn.map((one) => `Requires-Dist: ${one.name}\n`).join("");
  const files = {
    METADATA: `Metadata-Version: 2.3\nName: ${name}\nVersion: 0.1.0\n${requires}`,
    WHEEL: "Wheel-Version: 1.0\nGenerator: uv\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    INSTALLER: "uv",
    "direct_url.json": JSON.stringify({ url: pathToFileURL(source).href, dir_info: { editable: true } }),
  };
  const listed = [
    `${module}.pth`,
    ...[...Object.keys(files), "RECORD"].map((file) => `${module}-0.1.0.dist-info/${file}`),
  ];
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  writeFileSync(join(folder, "RECORD"), listed.map((path) => `${path},,\n`).join(""));
  writeFileSync(join(site, `${module}.pth`), join(source, "src"));
}
