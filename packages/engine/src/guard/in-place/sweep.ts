import { foldersOf, type RepoPath } from "../../core/path.ts";
import { keptItem } from "./put-back.ts";
import { shapeTree, type Wanted } from "./shape-tree.ts";
import type { SnapshotItem, TreeSnapshot } from "./tree-snapshot.ts";

/** What git sees of a tree: mode, kind and content by path. */
export type SeenByGit = ReadonlyMap<RepoPath, string>;

/**
 * Takes out of a tree what an agent left there and git does not see, as nobody will judge it: ignored files that are new, special files,
 * permissions. What git did not see before either is put back. Gives where what
 * was taken out lies now. Throws what the file system throws.
 */
export function sweep(
  root: string,
  snapshot: TreeSnapshot,
  { before, after }: { readonly before: SeenByGit; readonly after: SeenByGit },
): readonly RepoPath[] {
  const wanted = new Map<RepoPath, Wanted>();
  const was = new Map(snapshot.items.map((item) => [item.path, item]));
  for (const [at, item] of snapshot.items.entries()) {
    if (before.has(item.path)) continue;
    const kept = keptItem(root, snapshot.id, { item, at });
    wanted.set(item.path, kept.kind === "folder" ? { ...kept, isMade: false } : kept);
  }
  for (const [path, entry] of after) {
    for (const folder of foldersOf(path).toReversed())
      if (wanted.get(folder)?.kind !== "folder") wanted.set(folder, NEW);
    wanted.set(path, seenItem(entry.slice(0, 6), was.get(path)));
  }
  return shapeTree(root, snapshot, { wanted, putsApartBack: false });
}

const NEW: Wanted = { kind: "folder", isMade: false };
const LINK = "120000";
const REPOSITORY = "160000";

function seenItem(mode: string, was: SnapshotItem | undefined): Wanted {
  if (mode === LINK) return { kind: "link" };
  if (mode === REPOSITORY) return NEW;
  const rights = was?.kind === "file" ? was.mode : 0o644;
  const isProgram = mode === "100755";
  if (isProgram === ((rights & 0o100) !== 0)) return { kind: "file", mode: rights };
  return { kind: "file", mode: isProgram ? rights | ((rights & 0o444) >> 2) : rights & 0o666 };
}
