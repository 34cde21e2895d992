import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { must } from "../../../scripts/lib/run.mjs";
import { commitAll } from "../commit.mjs";
import { measuredEnvironment } from "../environment.mjs";
import { installPeer } from "../install.mjs";
import { planProjects } from "./plan.mjs";
import { projectFiles } from "./project-files.mjs";
import { PROJECTS, rootFiles } from "./root-files.mjs";

/**
 * @typedef {object} Size
 * @property {number} projects
 * @property {number} files of sources in each project
 * @property {boolean} [moon] whether each project has, besides, what only moon reads
 */

/** @typedef {{ files: number, bytes: number }} Written */

/**
 * Makes the repository below a folder, which is emptied first: its files, what a package manager installs, one commit.
 * The same size gives the same bytes.
 * @param {string} folder
 * @param {Size} size
 * @returns {Promise<Written>}
 */
export async function writeRepository(folder, size) {
  installPeer("pnpm");
  const written = writeFiles(folder, size);
  const options = { cwd: folder, env: measuredEnvironment() };
  must("git", ["init", "--quiet", "--initial-branch=main"], options);
  must("pnpm", ["install", "--offline", "--silent"], options);
  await commitAll(options);
  return written;
}

/**
 * @param {string} folder
 * @param {Size} size
 */
function writeFiles(folder, { projects, files, moon = false }) {
  rmSync(folder, { recursive: true, force: true });
  const written = { files: 0, bytes: 0 };
  const write = (/** @type {string} */ path, /** @type {string} */ text) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    written.files += 1;
    written.bytes += text.length;
  };
  for (const [path, text] of rootFiles()) write(path, text);
  for (const project of planProjects(projects))
    for (const [path, text] of projectFiles(project, { files, moon }))
      write(`${PROJECTS}/${project.name}/${path}`, text);
  return written;
}
