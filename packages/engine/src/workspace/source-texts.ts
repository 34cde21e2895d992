import { readFileSync } from "node:fs";
import { join } from "node:path";
import { encodePath, type RepoPath } from "../core/path.ts";

/** The repository's files as text, each read once a run. */
export interface SourceTexts {
  /** Absolute, native separators. */
  readonly root: string;
  /** The text of a file, undefined where there is none that can be read. */
  text(path: RepoPath): string | undefined;
}

/** Reads files below `root` when they are first asked for. */
export function createSourceTexts(root: string): SourceTexts {
  const known = new Map<RepoPath, string | undefined>();
  return {
    root,
    text(path) {
      if (!known.has(path)) known.set(path, readText(root, path));
      return known.get(path);
    },
  };
}

/** The absolute place of a repository path, in the form that `node:fs` takes. */
export function absolutePath(root: string, path: RepoPath): string | Buffer {
  const relative = encodePath(path);
  return typeof relative === "string" ? join(root, relative) : Buffer.concat([Buffer.from(`${root}/`), relative]);
}

function readText(root: string, path: RepoPath): string | undefined {
  try {
    return readFileSync(absolutePath(root, path), "utf8");
  } catch {
    return undefined;
  }
}
