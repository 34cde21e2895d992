import { existsSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { output } from "./processes.mjs";

const EDITABLE = fileURLToPath(new URL("editable.py", import.meta.url));

/** @typedef {import("./checkout.mjs").Checkout} Checkout */
/** @typedef {import("./by-symbiotic.mjs").Project} Project */

/**
 * For each project the others that need it, directly or not: by what pip wrote down about the installation, for what is
 * not installed by the names in quotes in its pyproject.toml, and by the paths in files of requirements. Nothing of it
 * comes from symbiotic.
 * @param {Checkout} checkout
 * @param {readonly Project[]} projects for the names of folders only
 * @param {readonly string[]} files
 * @returns {Map<string, string[]>}
 */
export function dependentsOf({ python, root }, projects, files) {
  /** @type {{ name: string, folder: string, requires: string[] }[]} */
  const installed = JSON.parse(output(python, [EDITABLE], { cwd: root }));
  const byFolder = new Map(projects.map((project) => [project.root, project.name]));
  const known = new Map(installed.map((one) => [relative(root, one.folder).split(sep).join("/") || ".", one]));
  const own = projects.map(({ name: project, root: folder }) => {
    const { name, requires } = known.get(folder) ?? { name: project, requires: quotedNames(root, folder) };
    return { project, folder, name: plain(name), requires: requires.map(plain) };
  });
  const byName = new Map(own.map(({ name, project }) => [name, project]));
  const needs = new Map(
    own.map(({ project, folder, requires }) => {
      const named = requires.map((name) => byName.get(name));
      const located = requirementPaths(root, folder, files).map((path) => byFolder.get(path));
      return [project, new Set([...named, ...located].filter((one) => one !== undefined && one !== project))];
    }),
  );
  return new Map(
    own.map(({ project }) => [
      project,
      own.map((one) => one.project).filter((one) => one !== project && leadsTo(one, project, needs)),
    ]),
  );
}

/**
 * @param {string} root
 * @param {string} folder
 */
function quotedNames(root, folder) {
  const file = join(root, folder, "pyproject.toml");
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return [...text.matchAll(/^\s*["']([A-Za-z0-9][A-Za-z0-9._-]*)/gm)].map(([, name = ""]) => name);
}

/**
 * The folders that a project's files of requirements name, from the root, wherever pip would be started.
 * @param {string} root
 * @param {string} folder
 * @param {readonly string[]} files
 */
function requirementPaths(root, folder, files) {
  const lists = files.filter(
    (file) =>
      (dirname(file) === folder || file.startsWith(`${folder}/requirements/`)) &&
      /requirements[^/]*\.(txt|in)$|\/requirements\/[^/]*\.(txt|in)$/.test(file),
  );
  const lines = lists.flatMap((file) => readFileSync(join(root, file), "utf8").split("\n"));
  const paths = lines.flatMap(
    (line) => /^(?:-e\s+|--editable[ =])?(\.{0,2}[\w./-]*\/[\w./-]+|\w[\w-]*)\s*$/.exec(line.trim())?.[1] ?? [],
  );
  return paths
    .flatMap((path) => [posix.normalize(path), posix.join(folder, path)])
    .map((path) => path.replace(/\/$/, ""));
}

/**
 * @param {string} from
 * @param {string} to
 * @param {ReadonlyMap<string, ReadonlySet<string | undefined>>} needs
 * @param {Set<string>} [seen]
 * @returns {boolean}
 */
function leadsTo(from, to, needs, seen = new Set()) {
  if (seen.has(from)) return false;
  seen.add(from);
  return [...(needs.get(from) ?? [])].some(
    (next) => next !== undefined && (next === to || leadsTo(next, to, needs, seen)),
  );
}

/** @param {string} name as PEP 503 compares it */
function plain(name) {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}
