import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import { ok, type Result } from "../../core/result.ts";
import { makeOwnFolder } from "../../fingerprint/files/own-folder.ts";
import { copyFiles, listTree } from "../../staged/copy-work-tree.ts";
import type { Roots } from "../../staged/node-modules.ts";
import type { Environment } from "../../workspace/git/git.ts";
import type { Repository } from "../../workspace/git/repository.ts";
import { isSensitive } from "../paths/sensitive.ts";
import type { SandboxSpec } from "../sandbox/sandbox.ts";
import { configuresAgents, putAgentFiles } from "./kept-apart.ts";
import { makeOwnGit } from "./own-git.ts";
import { makeScratchFolder, removeOrphans } from "./scratch-owner.ts";
import { treeChanges, type TreeChange } from "./tree-changes.ts";
import { createTreeGit, type TreeGit, type TreeId } from "./tree-git.ts";

/** A copy of the user's tree in which an agent works. Nothing that happens in it reaches the user's tree by itself. */
export interface Scratch {
  /** From the user's tree to the copy, absolute. */
  readonly roots: Roots;
  /** The folder of all that belongs to it, absolute; private. */
  readonly folder: string;
  /** Where the objects of the user's repository are found from within: a link that a sandbox mounts. */
  readonly objects: string;
  /** The files of the copy as it began. */
  readonly paths: readonly RepoPath[];
  /** Ignored folders of the user's tree that are not in the copy, such as environments. */
  readonly ignoredFolders: readonly RepoPath[];
  /** The tree as the agent gets it. */
  readonly start: TreeId;
  readonly git: TreeGit;
  /** What is different from then; of more than `most` paths only that they are. */
  changes(most: number): Result<readonly TreeChange[], Diagnostic>;
  remove(): void;
  /** Present where it is no copy but the user's tree itself. */
  readonly inPlace?: InPlaceEnd;
}

/** How an agent is held in the user's tree, and what becomes of that at the end. */
export interface InPlaceEnd {
  /** What a sandbox puts over the tree. */
  readonly mounts: Required<Pick<SandboxSpec, "mounted" | "hidden" | "shown">>;
  /** Keeps what is there, or puts back what was; once. Gives where what was moved out of the way lies. */
  end(isAccepted: boolean): Result<readonly RepoPath[], Diagnostic>;
}

/** What a scratch tree is made of. */
export interface ScratchRequest {
  readonly repository: Repository;
  /** The commit from which the configuration of agents is taken; null before the first one. */
  readonly base: string | null;
  /** Absolute; where trees are made, a folder each. */
  readonly place: string;
  readonly environment: Environment;
}

/**
 * Makes one: the user's tree as it is, what is not committed and what is not tracked included, but for files that hold
 * credentials, and with what configures agents as it is at the base. Throws what the file system throws.
 */
export function makeScratch({ repository, base, place, environment }: ScratchRequest): Result<Scratch, Diagnostic> {
  mkdirSync(place, { recursive: true, mode: 0o700 });
  removeOrphans(place);
  const folder = makeScratchFolder(place);
  const made = fill({ repository, base, folder, environment });
  if (!made.ok) rmSync(folder, { recursive: true, force: true });
  return made;
}

interface Filling extends Omit<ScratchRequest, "place"> {
  readonly folder: string;
}

function fill({ repository, base, folder, environment }: Filling): Result<Scratch, Diagnostic> {
  // The name of a folder is seen by tools.
  const tree = join(folder, basename(repository.root) || "root");
  const roots: Roots = { from: repository.root, to: tree };
  const objects = join(folder, "objects");
  mkdirSync(tree);
  symlinkSync(join(repository.commonDir, "objects"), objects, "junction");
  const listed = listTree(repository);
  if (!listed.ok) return listed;
  const { paths, ignored } = listed.value;
  const wanted = ignored.files.filter((path) => !isSensitive(path) && !configuresAgents(path));
  const own = paths.filter((path) => !configuresAgents(path));
  const copied = copyFiles({ paths: own, ignored: { ...ignored, files: wanted } }, roots, join(folder, "copied"));
  makeOwnFolder(tree);
  const added = putAgentFiles({ repository, base, tree });
  if (!added.ok) return added;
  const hasGit = makeOwnGit(tree, { repository, objects, environment });
  if (!hasGit.ok) return hasGit;
  const git = createTreeGit(tree, { folder: join(folder, "engine.git"), objects, head: repository.head, environment });
  if (!git.ok) return git;
  const all = [...copied, ...added.value];
  const tracked = git.value.track(all);
  const start = tracked.ok ? git.value.snapshot() : tracked;
  if (!start.ok) return start;
  return ok({
    ...{ roots, folder, objects, paths: all, ignoredFolders: ignored.folders, start: start.value, git: git.value },
    changes(most) {
      const now = git.value.snapshot();
      return now.ok ? treeChanges(git.value, tree, { before: start.value, after: now.value, most }) : now;
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  });
}
