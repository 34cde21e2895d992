import { existsSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { ancestors, joinRepo, type RepoPath } from "../core/path.ts";
import { locateEnvironments } from "../fingerprint/tool/environment.ts";
import type { Host } from "../fingerprint/tool/host.ts";
import type { Project } from "../plugin/project.ts";
import type { EnvironmentCandidate } from "../plugin/tool.ts";

/** Where what a task's tools need is installed, as far as that is in the repository. */
export interface EnvironmentFolders {
  /** Folders that may hold installed packages: of the task's project, of those upstream, and all above. */
  readonly folders: readonly RepoPath[];
  /** Where projects may have Python environments, the usual places among them. */
  readonly candidates: readonly EnvironmentCandidate[];
  /** The environments that are there. */
  readonly installed: readonly RepoPath[];
}

const USUAL = [".venv", "venv"];

/** Finds what is installed for a task of this project. `programs`: absolute paths of what it starts. */
export function environmentFolders(
  projects: readonly Project[],
  programs: readonly string[],
  host: Host,
): EnvironmentFolders {
  const folders = [...new Set(projects.flatMap(({ root }) => ancestors(root)))];
  const usual = folders.flatMap((folder) => USUAL.map((name) => joinRepo(folder, name)));
  const own = programs.flatMap((path) => placeIn(host.root, environmentOf(path)) ?? []);
  const candidates = [
    ...projects.flatMap(({ environments }) => environments),
    ...[...usual.filter((path) => existsSync(join(host.root, path, "pyvenv.cfg"))), ...own].map(directory),
  ];
  const python = locateEnvironments(candidates, host).flatMap(
    ({ directory: place }) => placeIn(host.root, place ?? undefined) ?? [],
  );
  const packages = folders
    .map((folder) => joinRepo(folder, "node_modules"))
    .filter((path) => isFolder(host.root, path));
  return { folders, candidates, installed: [...new Set([...python, ...packages])] };
}

function directory(path: RepoPath): EnvironmentCandidate {
  return { ecosystem: "python", kind: "directory", path };
}

/** The Python environment that a program belongs to. */
function environmentOf(program: string): string | undefined {
  const folder = dirname(dirname(program));
  return existsSync(join(folder, "pyvenv.cfg")) ? folder : undefined;
}

/** A place in the repository; undefined for one outside, and for the root. */
export function placeIn(root: string, place: string | undefined): RepoPath | undefined {
  if (place === undefined) return undefined;
  const way = relative(root, place);
  return way === "" || way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)
    ? undefined
    : way.split(sep).join("/");
}

function isFolder(root: string, path: RepoPath): boolean {
  return statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory() === true;
}
