import { existsSync, lstatSync } from "node:fs";
import { basename, join } from "node:path";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { isInside, type RepoPath } from "../../core/path.ts";
import { ok, type Result } from "../../core/result.ts";
import type { ListedTree } from "../../staged/copy-work-tree.ts";
import { records } from "../../workspace/git/records.ts";
import { gitOutput, type Repository } from "../../workspace/git/repository.ts";
import { isSensitive } from "../paths/sensitive.ts";
import { configuresAgents } from "../scratch/kept-apart.ts";

/** What of a tree an agent that works in it cannot reach, and how it is kept from it. */
export interface Apart {
  /** Folders in whose place it sees an empty one, and may write: nothing of that stays. */
  readonly emptied: readonly RepoPath[];
  /** Files in whose place it sees an empty one. */
  readonly blank: readonly RepoPath[];
  /** Files that it may read. */
  readonly readable: readonly RepoPath[];
  /** What the sandbox shows by other means: what is installed, and git's directory. */
  readonly shown: readonly RepoPath[];
}

/** Larger ones are data: no copy of them is made. */
const LARGEST = 64 * 1024 * 1024;
const AUDIT_LOG = ".ai-audit.jsonl";
const OWN_FOLDERS = [".symbiotic", "artifacts"];
const GIT = ".git";
const OTHERS = ["ls-files", "-z", "--others", "--exclude-standard"];

/** Lists it: ignored folders, credentials, what tells agents what to do, other repositories, and what is the engine's own. */
export function listApart(repository: Repository, { paths, ignored }: ListedTree): Result<Apart, Diagnostic> {
  const { root } = repository;
  const others = gitOutput(repository, OTHERS);
  if (!others.ok) return others;
  const nested = records(others.value).flatMap((path) => (path.endsWith("/") ? [path.slice(0, -1)] : []));
  const modules = paths.filter((path) => kindOf(root, path) === "folder");
  const own = OWN_FOLDERS.filter((path) => kindOf(root, path) === "folder");
  const installed = ignored.folders.filter((path) => isInstalled(root, path));
  const folders = [...ignored.folders, ...nested, ...modules].filter((path) => kindOf(root, path) === "folder");
  const files = ignored.files.filter((path) => kindOf(root, path) === "file");
  const blank = files.filter((path) => isSensitive(path) || configuresAgents(path));
  const large = files.filter((path) => !blank.includes(path) && lstatSync(join(root, path)).size > LARGEST);
  return ok({
    emptied: [
      ...own,
      ...folders.filter((path) => !installed.includes(path) && !own.some((each) => isInside(each, path))),
    ],
    blank,
    readable: [...large, ...(kindOf(root, AUDIT_LOG) === "file" ? [AUDIT_LOG] : [])],
    shown: [GIT, ...installed],
  });
}

/** All of it. */
export function apartPaths({ emptied, blank, readable, shown }: Apart): readonly RepoPath[] {
  return [...emptied, ...blank, ...readable, ...shown];
}

function isInstalled(root: string, path: RepoPath): boolean {
  return basename(path) === "node_modules" || existsSync(join(root, path, "pyvenv.cfg"));
}

function kindOf(root: string, path: RepoPath): "file" | "folder" | undefined {
  const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (stat?.isDirectory() === true) return "folder";
  return stat?.isFile() === true ? "file" : undefined;
}
