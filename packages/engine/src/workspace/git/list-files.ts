import { lstatSync } from "node:fs";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { byCodeUnit } from "../../core/json.ts";
import type { RepoPath } from "../../core/path.ts";
import { ancestors, pathBytes } from "../../core/path.ts";
import type { Result } from "../../core/result.ts";
import { ok } from "../../core/result.ts";
import { isOwnFile } from "./own-files.ts";
import { records } from "./records.ts";
import type { Repository } from "./repository.ts";
import { gitOutput } from "./repository.ts";

/** A file or symbolic link of the work tree that is tracked, or untracked and not ignored. */
export interface WorkFile {
  readonly path: RepoPath;
  readonly tracked: boolean;
}

const LIST = ["ls-files", "-z", "-t", "--stage", "--cached", "--deleted", "--others", "--exclude-standard"];
const SUBMODULE = "160000";

/**
 * All files of the work tree that belong to the repository, each once, sorted by code unit: tracked ones that still exist
 * and untracked ones that are not ignored. Submodules, nested repositories and the engine's own files are left out.
 */
export function listFiles(repository: Repository): Result<WorkFile[], Diagnostic> {
  const answer = gitOutput(repository, LIST);
  if (!answer.ok) return answer;
  const found = { tracked: new Set<RepoPath>(), untracked: new Set<RepoPath>() };
  for (const line of records(answer.value)) take(repository, line, found);
  dropReplaced(found);
  const files = [...members(found.tracked, true), ...members(found.untracked, false)];
  return ok(files.sort((a, b) => byCodeUnit(a.path, b.path)));
}

interface Found {
  readonly tracked: Set<RepoPath>;
  readonly untracked: Set<RepoPath>;
}

/** Takes a line, `? path` or `H <mode> <id> <stage><tab>path`; a deleted file comes twice, the second time as `R`. */
function take(repository: Repository, line: string, { tracked, untracked }: Found): void {
  const tag = line.charAt(0);
  if (tag === "?") {
    if (!line.endsWith("/")) untracked.add(line.slice(2));
    return;
  }
  if (line.startsWith(SUBMODULE, 2)) return;
  const path = line.slice(line.indexOf("\t") + 1);
  if (tag === "R" || (tag === "S" && !exists(repository, path))) tracked.delete(path);
  else tracked.add(path);
}

/** Git does not look whether an entry that it was told to skip is there. */
function exists(repository: Repository, path: RepoPath): boolean {
  const place = Buffer.concat([Buffer.from(`${repository.root}/`), pathBytes(path)]);
  return lstatSync(place, { throwIfNoEntry: false })?.isDirectory() === false;
}

/** Drops tracked files that a folder stands in for now, and those that are reached only through a new symbolic link. */
function dropReplaced({ tracked, untracked }: Found): void {
  if (untracked.size === 0) return;
  for (const path of untracked) for (const folder of ancestors(path)) tracked.delete(folder);
  for (const path of tracked) if (ancestors(path).some((folder) => untracked.has(folder))) tracked.delete(path);
}

function members(paths: ReadonlySet<RepoPath>, tracked: boolean): WorkFile[] {
  return Array.from(paths, (path) => ({ path, tracked })).filter(({ path }) => !isOwnFile(path, tracked));
}
