import { readFileSync } from "node:fs";
import { join } from "node:path";
import { encodePath, type RepoPath } from "../core/path.ts";
import type { SourceText } from "../plugin/contract.ts";

/** The repository's files as text, each read once a run. */
export interface SourceTexts {
  /** Absolute, native separators. */
  readonly root: string;
  /** A file with its text, undefined where there is none that can be read. Within a run the same file is the same object. */
  source(path: RepoPath): SourceText | undefined;
}

/** Reads files below `root` when they are first asked for. */
export function createSourceTexts(root: string): SourceTexts {
  const known = new Map<RepoPath, SourceText | undefined>();
  return {
    root,
    source(path) {
      if (!known.has(path)) {
        const text = readText(root, path);
        known.set(path, text === undefined ? undefined : { path, text });
      }
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
