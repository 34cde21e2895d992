import type { RepoPath } from "../../core/path.ts";
import { shapeTree, type Wanted } from "./shape-tree.ts";
import { contentOf, forgetSnapshot, type SnapshotItem, type TreeSnapshot } from "./tree-snapshot.ts";

/**
 * Makes a tree what it was before an agent came, byte for byte, and lets go of the snapshot. Gives where what
 * lay there instead lies now. Throws what the file system throws.
 */
export function putBack(root: string, snapshot: TreeSnapshot): readonly RepoPath[] {
  const wanted = new Map(snapshot.items.map((item, at) => [item.path, keptItem(root, snapshot.id, { item, at })]));
  const moved = shapeTree(root, snapshot, { wanted, putsApartBack: true });
  forgetSnapshot(root, snapshot.id);
  return moved;
}

/** What lay at a path, as what is wanted there. */
export function keptItem(
  root: string,
  id: string,
  { item, at }: { readonly item: SnapshotItem; readonly at: number },
): Wanted {
  const { kind, mode, target = "", modified = 0 } = item;
  if (kind === "folder") return { kind, mode, isMade: true };
  if (kind === "link") return { kind, target };
  if (kind === "other") return { kind, id: item.id };
  return { kind, mode, content: { copy: contentOf(root, id, at), modified } };
}
