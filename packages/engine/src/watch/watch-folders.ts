import { join } from "node:path";
import type { RepoPath } from "../core/path.ts";

/** Folders that are watched. */
export interface WatchedFolders {
  /** From now on these, and what lies in them, are not watched. */
  readonly ignore: (folders: Iterable<RepoPath>) => void;
  readonly close: () => Promise<void>;
}

/** What is to be watched, and who is told. */
export interface WatchRequest {
  /** Absolute. */
  readonly root: string;
  /** Folders that are left out, from the root. */
  readonly ignored: Iterable<RepoPath>;
  /** Something happened in a folder. It may have been nothing: whoever is told looks for himself. */
  readonly touched: () => void;
  /** A folder cannot be watched, by a code of the system: there may be no more watches left. */
  readonly failed: (code: string) => void;
}

/** State of programs: much happens there, and nothing of it is an input. */
const NAMES: ReadonlySet<string> = new Set([".git", ".symbiotic", "node_modules", "__pycache__"]);

/**
 * Watches the folders of a work tree; settles when what happens from then on is told. Only folders are watched: each
 * tells of the files in it, so that a large repository does not use up the system's watches.
 */
export async function watchFolders({ root, ignored, touched, failed }: WatchRequest): Promise<WatchedFolders> {
  const { watch } = await import("chokidar");
  const left = new Set([...ignored].map((folder) => join(root, folder)));
  const watcher = watch(root, {
    ignored: (path, stats) => (stats !== undefined && !stats.isDirectory()) || isLeftOut(path, root, left),
    ignoreInitial: true,
    followSymlinks: false,
    ignorePermissionErrors: true,
  });
  watcher.on("raw", touched);
  watcher.on("all", touched);
  watcher.on("error", (error) => {
    failed(error instanceof Error && "code" in error ? String(error.code) : String(error));
  });
  await new Promise<void>((resolve) => watcher.once("ready", resolve));
  return {
    ignore(folders) {
      for (const folder of folders) {
        const place = join(root, folder);
        if (left.has(place)) continue;
        left.add(place);
        watcher.unwatch(place);
      }
    },
    close: () => watcher.close(),
  };
}

function isLeftOut(path: string, root: string, left: ReadonlySet<string>): boolean {
  const inside = path.slice(root.length);
  return left.has(path) || inside.split(/[\\/]/).some((name) => NAMES.has(name));
}
