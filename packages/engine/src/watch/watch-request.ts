import type { RepoPath } from "../core/path.ts";

/** What is to be watched, and who is told. */
export interface WatchRequest {
  /** Absolute. */
  readonly root: string;
  /** Something happened below the root. It may have been nothing: whoever is told looks for himself. */
  readonly touched: () => void;
  /**
   * A folder cannot be watched, by a code of the system: there may be no more watches left. Told once; nothing is watched
   * from then on, so that other programs have what is left.
   */
  readonly failed: (code: string) => void;
}

/** Folders that are watched. */
export interface WatchedFolders {
  /** From now on these, and what lies in them, are not watched, and all others are. */
  readonly leaveOut: (folders: ReadonlySet<RepoPath>) => void;
  readonly close: () => void;
}

/** Whether what lies in a folder is never of interest: git's own state, and ours. */
export function isState(folder: RepoPath): boolean {
  return folder === ".symbiotic" || folder === ".git" || folder.endsWith("/.git");
}
