import { chmodSync, lstatSync, readdirSync, type BigIntStats } from "node:fs";
import { absolutePath, decodePath, type RepoPath } from "../../core/path.ts";

/** By which a file or folder is known wherever it is moved. */
export type PlaceId = string;

/** What lies at a path of a tree. */
export interface TreeItem {
  readonly path: RepoPath;
  readonly kind: "file" | "link" | "folder" | "other";
  /** Its permissions, with the bits that are not about reading, writing and executing. */
  readonly mode: number;
  readonly id: PlaceId;
  /** How many names a file has. */
  readonly names: number;
}

/** A tree, but for what was passed over. */
export interface WalkedTree {
  /** Folders before what is in them; the first is the root. */
  readonly items: readonly TreeItem[];
  /** Where what was passed over lies. */
  readonly passed: ReadonlyMap<PlaceId, RepoPath>;
}

/**
 * Looks at all of a tree, whatever git thinks of it, but for what is known by these ids. `opens`: a folder that its owner cannot look
 * into is opened. Throws what the file system throws.
 */
export function walkTree(
  root: string,
  { known, opens }: { readonly known: ReadonlySet<PlaceId>; readonly opens: boolean },
): WalkedTree {
  const items: TreeItem[] = [];
  const passed = new Map<PlaceId, RepoPath>();
  const visit = (path: RepoPath): void => {
    const item = itemAt(root, path);
    if (item === undefined) return;
    if (known.has(item.id)) {
      passed.set(item.id, path);
      return;
    }
    items.push(item);
    if (item.kind !== "folder") return;
    if (opens && (item.mode & 0o700) !== 0o700) chmodSync(absolutePath(root, path), item.mode | 0o700);
    for (const name of readdirSync(absolutePath(root, path), { encoding: "buffer" })) {
      const decoded = decodePath(name);
      visit(path === "." ? decoded : `${path}/${decoded}`);
    }
  };
  visit(".");
  return { items, passed };
}

/** What lies at a path; undefined where nothing does. */
export function itemAt(root: string, path: RepoPath): TreeItem | undefined {
  const stat = lstatSync(absolutePath(root, path), { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  const { dev, ino, mode, nlink } = stat;
  const id = `${String(dev)}:${String(ino)}`;
  return { path, kind: kindOf(stat), mode: Number(mode & 0o7777n), id, names: Number(nlink) };
}

function kindOf(stat: BigIntStats): TreeItem["kind"] {
  if (stat.isSymbolicLink()) return "link";
  if (stat.isDirectory()) return "folder";
  return stat.isFile() ? "file" : "other";
}
