import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Lock } from "../../cache/lock.ts";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { makeOwnFolder } from "../../fingerprint/files/own-folder.ts";
import { listTree, type ListedTree } from "../../staged/copy-work-tree.ts";
import { makeScratchFolder, removeOrphans } from "../scratch/scratch-owner.ts";
import type { Scratch, ScratchRequest } from "../scratch/scratch.ts";
import { treeChanges } from "../scratch/tree-changes.ts";
import { createTreeGit, type TreeGit, type TreeId } from "../scratch/tree-git.ts";
import { entriesOf, foreignAgentFile } from "./agent-files-of-base.ts";
import { notPutBack } from "./finish-in-place.ts";
import { makeInPlaceGit } from "./in-place-git.ts";
import { inPlaceMounts, type TreeMounts } from "./in-place-mounts.ts";
import { apartPaths, listApart, type Apart } from "./list-apart.ts";
import { lockInPlace } from "./lock-in-place.ts";
import { putBack } from "./put-back.ts";
import { sweep } from "./sweep.ts";
import { forgetSnapshot, takeSnapshot, type TreeSnapshot } from "./tree-snapshot.ts";
import { itemAt } from "./walk-tree.ts";

/** What working in the user's tree takes. */
export interface InPlaceRequest extends ScratchRequest {
  /** A file name that no other call has. */
  readonly id: string;
  /** The user's home, absolute. */
  readonly home: string;
}

/** So many mounts are made in a moment. */
const MOST_APART = 1000;

/**
 * Lets an agent work in the user's own tree: all that it could change there is kept before, and what git does not see of what it did
 * goes each time that the difference is asked for. Where nothing is accepted, removing it puts the tree back. SYM5065 where another
 * works there, SYM5077 where that cannot be held. Throws what the file system throws.
 */
export function workInPlace(request: InPlaceRequest): Result<Scratch, Diagnostic> {
  const { root } = request.repository;
  const lock = lockInPlace(root);
  if (!lock.ok) return lock;
  mkdirSync(request.place, { recursive: true, mode: 0o700 });
  removeOrphans(request.place);
  const folder = makeScratchFolder(request.place);
  const leave = (): void => {
    rmSync(folder, { recursive: true, force: true });
    lock.value.release();
  };
  try {
    const made = standIn(request, folder, lock.value);
    if (made.ok) return made;
    forgetSnapshot(root, request.id);
    leave();
    return made;
  } catch (thrown) {
    forgetSnapshot(root, request.id);
    leave();
    throw thrown;
  }
}

function standIn(request: InPlaceRequest, folder: string, lock: Lock): Result<Scratch, Diagnostic> {
  const { repository, environment, id, home } = request;
  const { root } = repository;
  const objects = join(folder, "objects");
  symlinkSync(join(repository.commonDir, "objects"), objects, "junction");
  if (home === root || home.startsWith(`${root}/`)) return fail(notHeld("the tree holds your home"));
  if (!existsSync(join(root, ".git"))) return fail(notHeld("git's directory lies elsewhere"));
  makeOwnFolder(root);
  mkdirSync(join(root, "artifacts"), { recursive: true });
  const listed = listTree(repository);
  const apart = listed.ok ? listApart(repository, listed.value) : listed;
  if (!listed.ok) return listed;
  if (!apart.ok) return apart;
  const many = apartPaths(apart.value).length;
  if (many > MOST_APART) return fail(notHeld(`${String(many)} places are ignored`));
  const own = makeInPlaceGit(repository, { folder, objects, environment });
  if (!own.ok) return own;
  const mounts = inPlaceMounts(root, { apart: apart.value, folder, git: own.value.mounted });
  const started = lookAtStart(request, { folder, objects, listed: listed.value, apart: apart.value });
  if (!started.ok) return started;
  const snapshot = takeSnapshot(root, id, apartPaths(apart.value));
  const linked = snapshot.items.find(({ names = 1, kind }) => kind === "file" && names > 1);
  if (linked !== undefined)
    return fail(notHeld(`${linked.path} has another name: what is written to it is written there too`));
  const standing = { root, snapshot, git: started.value.git, start: started.value.start };
  const mounted = [...mounts.mounted, { from: own.value.directory, at: own.value.directory }];
  return ok(
    standingScratch(standing, {
      ...{ roots: { from: root, to: root }, folder, objects, git: started.value.git, start: started.value.start },
      ...{ paths: started.value.paths, ignoredFolders: listed.value.ignored.folders },
      ...{ mounts: { ...mounts, mounted }, lock },
    }),
  );
}

/** The user's tree with an agent in it. */
interface Standing {
  readonly root: string;
  readonly snapshot: TreeSnapshot;
  readonly git: TreeGit;
  readonly start: TreeId;
}

function standingScratch(
  standing: Standing,
  {
    mounts,
    lock,
    ...made
  }: Omit<Scratch, "changes" | "remove" | "inPlace"> & { readonly mounts: TreeMounts; readonly lock: Lock },
): Scratch {
  const { root, snapshot } = standing;
  const moved: RepoPath[] = [];
  let isOver = false;
  const end = (isAccepted: boolean): Result<readonly RepoPath[], Diagnostic> => {
    if (isOver) return ok(moved);
    try {
      if (isAccepted) forgetSnapshot(root, snapshot.id);
      else moved.push(...putBack(root, snapshot));
      isOver = true;
      return ok(moved);
    } catch (thrown) {
      if (!(thrown instanceof Error && "code" in thrown)) throw thrown;
      return fail(notPutBack(thrown.message, snapshot.id));
    }
  };
  return {
    ...made,
    inPlace: { mounts, end },
    changes(most) {
      const seen = judgedTree(standing);
      if (!seen.ok) return seen;
      moved.push(...seen.value.moved);
      return treeChanges(standing.git, root, { before: standing.start, after: seen.value.tree, most });
    },
    remove() {
      // What cannot be put back is left for the next command.
      end(false);
      rmSync(made.folder, { recursive: true, force: true });
      lock.release();
    },
  };
}

/** What git sees of the tree now; the rest of what an agent left is taken out of it. */
function judgedTree({
  root,
  snapshot,
  git,
  start,
}: Standing): Result<{ readonly tree: TreeId; readonly moved: readonly RepoPath[] }, Diagnostic> {
  const tree = git.snapshot();
  if (!tree.ok) return tree;
  const [before, after] = [entriesOf(git, start), entriesOf(git, tree.value)];
  if (!before.ok) return before;
  if (!after.ok) return after;
  return ok({ tree: tree.value, moved: sweep(root, snapshot, { before: before.value, after: after.value }) });
}

/** The engine's own look at the tree, and what it is before an agent comes. */
function lookAtStart(
  { repository, base, environment }: InPlaceRequest,
  {
    folder,
    objects,
    listed,
    apart,
  }: { readonly folder: string; readonly objects: string; readonly listed: ListedTree; readonly apart: Apart },
): Result<{ readonly git: TreeGit; readonly start: TreeId; readonly paths: readonly RepoPath[] }, Diagnostic> {
  const place = { folder: join(folder, "engine.git"), objects, head: repository.head, environment };
  const git = createTreeGit(repository.root, { ...place, apart: apartPaths(apart) });
  if (!git.ok) return git;
  const away = new Set(apartPaths(apart));
  const paths = listed.paths.filter((path) => !away.has(path) && itemAt(repository.root, path) !== undefined);
  const tracked = git.value.track(paths);
  const start = tracked.ok ? git.value.snapshot() : tracked;
  if (!start.ok) return start;
  const entries = entriesOf(git.value, start.value);
  const foreign = entries.ok ? foreignAgentFile(entries.value, { repository, base }) : entries;
  if (!foreign.ok) return foreign;
  if (foreign.value !== undefined) return fail(notOfBase(foreign.value));
  return ok({ git: git.value, start: start.value, paths });
}

function notHeld(why: string): Diagnostic {
  return errorOf("SYM5077", `no agent can work in this tree itself: ${why}`, {
    hint: "leave `--in-place` out: then it works on a copy",
  });
}

function notOfBase(path: RepoPath): Diagnostic {
  return errorOf(
    "SYM5077",
    `no agent can work in this tree itself: ${path} is not what the last commit has, and it would obey it`,
    {
      location: { file: path },
      hint: "commit it, or leave `--in-place` out: in a copy it is that of the last commit",
    },
  );
}
