import { createHash } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PACKAGES, ROOT } from "../../../scripts/lib/paths.mjs";
import { say } from "../deadline.mjs";
import { modulesOf } from "../install.mjs";
import { PACKED_MODULES } from "../packed.mjs";
import { WORK } from "../places.mjs";
import { moon } from "../tools/moon.mjs";
import { writeRepository } from "./write-repository.mjs";

/** @typedef {import("../tools/tool.mjs").Tool} Tool */
/** @typedef {import("./write-repository.mjs").Size} Size */
/** @typedef {import("./write-repository.mjs").Written} Written */

/**
 * The copy of the repository that a tool works in.
 * @param {Size} size
 * @param {Pick<Tool, "copy">} tool
 */
export function copyOf({ projects, files }, { copy }) {
  return join(WORK, "node", `${projects}x${files}`, copy);
}

/**
 * Makes the copy, unless it is there as this generator makes it.
 * @param {Size} size
 * @param {Tool} tool
 * @param {boolean} workspace whether Symbiotic is that of this checkout, unpacked
 * @returns {Promise<Written>}
 */
export async function ensureCopy(size, tool, workspace) {
  const folder = copyOf(size, tool);
  const stamp = `${folder}.json`;
  const generator = generatorDigest();
  const kept = existsSync(stamp) ? JSON.parse(readFileSync(stamp, "utf8")) : {};
  if (kept.generator !== generator) {
    say(`generating ${size.projects} projects of ${size.files} files for ${tool.copy}`);
    rmSync(stamp, { force: true });
    Object.assign(kept, { generator, written: await writeRepository(folder, { ...size, moon: tool === moon }) });
    writeFileSync(stamp, JSON.stringify(kept));
  }
  linkTool(folder, tool, workspace);
  return kept.written;
}

/**
 * Makes the packages of a tool the copy's own, as if they were its devDependencies: run from elsewhere, tools warn or
 * look for themselves again.
 * @param {string} folder
 * @param {Tool} tool
 * @param {boolean} workspace
 */
export function linkTool(folder, { peer, packages }, workspace) {
  const modules = peer === undefined ? symbioticModules(workspace) : modulesOf(peer);
  for (const name of packages) link(join(modules, name), join(folder, "node_modules", name));
}

/** @param {boolean} workspace */
function symbioticModules(workspace) {
  if (!workspace) return PACKED_MODULES;
  const modules = join(WORK, "workspace");
  for (const name of PACKAGES) link(join(ROOT, "packages", name), join(modules, "@symbiotic-build", name));
  return modules;
}

/**
 * @param {string} target
 * @param {string} path
 */
function link(target, path) {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() && readlinkSync(path) === target) return;
  rmSync(path, { recursive: true, force: true });
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

/** What the bytes of a copy depend on, so that an older one is made again. */
function generatorDigest() {
  const own = fileURLToPath(new URL(".", import.meta.url));
  const names = ["plan", "project-files", "root-files", "source-files", "symbiotic-config", "write-repository"];
  const hash = createHash("sha256");
  for (const name of names) hash.update(readFileSync(join(own, `${name}.mjs`)));
  for (const name of ["commit", "random", "versions"]) hash.update(readFileSync(join(own, `../${name}.mjs`)));
  return hash.digest("hex").slice(0, 12);
}
