import { existsSync, readdirSync } from "node:fs";
import { byCodeUnit } from "../core/json.ts";
import { ancestors, joinRepo, parentOf, type RepoPath } from "../core/path.ts";
import { isSettled, statOf } from "../fingerprint/files/file-stat.ts";
import type { Environment } from "../workspace/git/git.ts";
import { nameCase } from "../workspace/git/name-case.ts";
import { isOwnFile } from "../workspace/git/own-files.ts";
import type { Repository } from "../workspace/git/repository.ts";
import { seeIgnoreRules } from "./ignore-rules.ts";
import { allSeen, untouched } from "./see-file.ts";
import type { SeenPath } from "./seen-paths.ts";

/** By what it is told, without git, that no untracked file came. */
export interface SeenWalked {
  /** The folders into which git looks for untracked files, and the rules by which it leaves out the others. */
  readonly seen: readonly SeenPath[];
  /** The folders in them that it leaves out. */
  readonly ignored: readonly RepoPath[];
}

/** A work tree, and the files in it that are tracked or untracked. */
export interface WalkedPlace {
  readonly repository: Pick<Repository, "root" | "commonDir" | "git">;
  readonly files: readonly RepoPath[];
  readonly environment: Environment;
  /** When the run began, in milliseconds since 1970. */
  readonly startedAt: number;
}

/** Where git's rules for a folder lie. */
export const RULES = ".gitignore";
/** Of more folders without a file that counts git is asked each time. */
const MOST_BARE = 2000;

/**
 * Sees the folders into which git looks for untracked files: while they are in the same state and the rules are the same, none came. Undefined
 * where that cannot be told: on Windows, where some file systems do not write down when a folder got a new entry; with another repository in
 * the work tree; with names that are no UTF-8; with a folder that cannot be read, or that goes meanwhile.
 */
export function seeWalked(place: WalkedPlace): SeenWalked | undefined {
  if (process.platform === "win32") return undefined;
  try {
    return walkedIn(place);
  } catch {
    return undefined;
  }
}

function walkedIn(place: WalkedPlace): SeenWalked | undefined {
  const { repository, environment, startedAt } = place;
  const { root, commonDir, git } = repository;
  const printed = git(["config", "--list", "--show-origin", "-z"]);
  const settings = printed.ok && printed.value.exitCode === 0 ? printed.value.stdout.toString("utf8") : undefined;
  const rules =
    settings === undefined ? undefined : seeIgnoreRules({ root, commonDir, environment, startedAt, settings });
  const walk = rules && walkedFolders(place);
  if (rules === undefined || walk === undefined) return undefined;
  const seen = allSeen([
    ...walk.walked.map((folder) => seeFolder(folder, place)),
    ...walk.walked.map((folder) => joinRepo(folder, RULES)).flatMap((file) => seeRules(file, place)),
  ]);
  return seen && { seen: [...rules, ...seen], ignored: walk.ignored };
}

interface Walk {
  readonly walked: readonly RepoPath[];
  readonly ignored: readonly RepoPath[];
}

function walkedFolders({ repository, files }: WalkedPlace): Walk | undefined {
  const filled = new Set(files.flatMap((file) => ancestors(parentOf(file))));
  filled.add(".");
  const walked: RepoPath[] = [];
  const ignored: RepoPath[] = [];
  let open: readonly RepoPath[] = ["."];
  let bare = 0;
  while (open.length > 0) {
    const loose: RepoPath[] = [];
    const queue = [...open];
    // An array that grows while it is walked is walked to its end.
    for (const folder of queue) {
      walked.push(folder);
      const below = foldersIn(repository.root, folder);
      if (below === undefined) return undefined;
      for (const path of below) (filled.has(path) ? queue : loose).push(path);
    }
    const left = ignoredOf(loose, repository);
    open = loose.filter((path) => left?.has(path) === false);
    ignored.push(...loose.filter((path) => left?.has(path)));
    bare += open.length;
    if (left === undefined || bare > MOST_BARE || open.some((path) => existsSync(`${repository.root}/${path}/.git`)))
      return undefined;
  }
  return { walked: walked.sort(byCodeUnit), ignored: ignored.sort(byCodeUnit) };
}

/** What in a folder must have been seen, so that nothing comes unseen; `undefined` for what cannot be. Throws what the file system throws. */
export function watchedIn(root: string, folder: RepoPath): readonly (RepoPath | undefined)[] {
  const rules = joinRepo(folder, RULES);
  return [...(foldersIn(root, folder) ?? [undefined]), ...(existsSync(`${root}/${rules}`) ? [rules] : [])];
}

/** The folders in a folder, but for git's and the engine's own; undefined where a name is no UTF-8. */
function foldersIn(root: string, folder: RepoPath): readonly RepoPath[] | undefined {
  const names = readdirSync(`${root}/${folder}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  if (names.some((name) => name.includes("\ufffd"))) return undefined;
  return names.map((name) => joinRepo(folder, name)).filter((path) => path !== ".git" && !isOwnFile(path, false));
}

function ignoredOf(
  folders: readonly RepoPath[],
  { git, root }: WalkedPlace["repository"],
): ReadonlySet<RepoPath> | undefined {
  if (folders.length === 0) return new Set();
  const answer = git([...nameCase(root), "check-ignore", "-z", "--stdin"], {
    input: Buffer.from(folders.map((path) => `${path}\0`).join("")),
  });
  // 1: none of them is.
  if (!answer.ok || answer.value.exitCode > 1) return undefined;
  return new Set(answer.value.stdout.toString("utf8").split("\0"));
}

function seeFolder(path: RepoPath, { repository, startedAt }: WalkedPlace): SeenPath | undefined {
  const stat = statOf(`${repository.root}/${path}`);
  return stat && { path, kind: "walked", digest: "", stat, isSettled: isSettled(stat, startedAt) };
}

function seeRules(path: RepoPath, { repository, startedAt }: WalkedPlace): (SeenPath | undefined)[] {
  const file = `${repository.root}/${path}`;
  if (statOf(file) === undefined) return [];
  const seen = untouched(file, startedAt);
  return [seen && { ...seen, path }];
}
