import { readdirSync, readFileSync } from "node:fs";
import { type RepoPath, absolutePath, nameOf, parentOf } from "../core/path.ts";
import type { SourceText } from "../plugin/project.ts";

const ASCII = /^[ -~]*$/;

/** The repository's files as text, each read once a run. */
export interface SourceTexts {
  /** Absolute, native separators. */
  readonly root: string;
  /** A file with its text, undefined where there is none that can be read. Within a run the same file is the same object. */
  source(path: RepoPath): SourceText | undefined;
  /** What was asked for so far, with what there was. */
  asked?(): Iterable<readonly [path: RepoPath, source: SourceText | undefined]>;
}

/** Reads files below `root` when they are first asked for. Each folder is listed once: what is made there later is not seen. */
export function createSourceTexts(root: string): SourceTexts {
  const known = new Map<RepoPath, SourceText | undefined>();
  const mayExist = createListings(root);
  return {
    root,
    asked: () => known,
    source(path) {
      if (!known.has(path)) {
        const text = mayExist(path) ? readText(root, path) : undefined;
        known.set(path, text === undefined ? undefined : { path, text });
      }
      return known.get(path);
    },
  };
}

/**
 * Whether it is worth while to read a path. Settings are asked for under many names in many folders, most of which do not
 * exist, and each attempt to read one costs an exception; a listing answers for a whole folder.
 */
function createListings(root: string): (path: RepoPath) => boolean {
  const folders = new Map<RepoPath, ReadonlySet<string>>();
  // A few names are asked for in every folder.
  const keys = new Map<string, string>();
  return (path) => {
    const name = nameOf(path);
    const key = keys.get(name) ?? listingKey(name);
    keys.set(name, key);
    if (key === "") return true;
    const folder = parentOf(path);
    const names = folders.get(folder) ?? namesIn(root, folder);
    folders.set(folder, names);
    return names.has(key);
  };
}

/** A name as it stands in a listing; none where file systems may list it in another spelling than the one they take. */
function listingKey(name: string): string {
  return ASCII.test(name) ? name.toLowerCase() : "";
}

/** In small letters, as some file systems do not tell them from capitals. */
function namesIn(root: string, folder: RepoPath): ReadonlySet<string> {
  try {
    return new Set(readdirSync(absolutePath(root, folder)).map((name) => name.toLowerCase()));
  } catch {
    return new Set();
  }
}

function readText(root: string, path: RepoPath): string | undefined {
  try {
    return readFileSync(absolutePath(root, path), "utf8");
  } catch {
    return undefined;
  }
}
