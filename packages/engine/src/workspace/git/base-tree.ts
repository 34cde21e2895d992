import type { Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import type { Result } from "../../core/result.ts";
import { ok } from "../../core/result.ts";
import { isOwnFile } from "./own-files.ts";
import { blobsOf } from "./blobs.ts";
import { records } from "./records.ts";
import type { Repository } from "./repository.ts";
import { gitOutput } from "./repository.ts";

/** A file or symbolic link of a commit. */
export interface TreeFile {
  readonly path: RepoPath;
  readonly isLink: boolean;
  /** The id of its contents. */
  readonly blob: string;
}

const LINK = "120000";
const SUBMODULE = "160000";

/** So much of paths is named to git; of more all of the tree is asked. Well below what a process may be given. */
const MOST_NAMED = 20_000;

/**
 * All files of a commit (or tree), as `listFiles` gives those of the work tree: no submodules, none of the engine's own.
 * With `paths` at least these, where they are there.
 */
export function treeFiles(
  repository: Repository,
  commit: string,
  paths: readonly RepoPath[] = [],
): Result<readonly TreeFile[], Diagnostic> {
  // A whole tree takes long to list where only a few files of it are asked for. What is no UTF-8 cannot be named.
  const canName =
    paths.reduce((size, path) => size + path.length, 0) <= MOST_NAMED && paths.every((path) => path.isWellFormed());
  const named = canName ? paths : [];
  const answer = gitOutput(repository, [
    "--literal-pathspecs",
    "ls-tree",
    "-r",
    "-z",
    "--full-tree",
    commit,
    "--",
    ...named,
  ]);
  return answer.ok ? ok(records(answer.value).flatMap(treeFile)) : answer;
}

/** Reads an entry, `<mode> <type> <id><tab><path>`. */
function treeFile(entry: string): TreeFile[] {
  const tab = entry.indexOf("\t");
  const [mode, , blob = ""] = entry.slice(0, tab).split(" ");
  const path = entry.slice(tab + 1);
  return mode === SUBMODULE || isOwnFile(path, true) ? [] : [{ path, isLink: mode === LINK, blob }];
}

/** The texts of these contents by id; those that a partial clone did not fetch are left out, and not fetched now. */
export function blobTexts(
  repository: Repository,
  blobs: readonly string[],
): Result<ReadonlyMap<string, string>, Diagnostic> {
  const contents = blobsOf((args, options) => gitOutput(repository, args, options), blobs);
  if (!contents.ok) return contents;
  return ok(new Map([...contents.value].map(([id, bytes]) => [id, bytes.toString("utf8")])));
}

/** The texts of these paths at a commit (or tree); what is not there, or was not fetched, is left out. */
export function textsAt(
  repository: Repository,
  commit: string,
  paths: readonly RepoPath[],
): Result<ReadonlyMap<RepoPath, string>, Diagnostic> {
  if (paths.length === 0) return ok(new Map());
  const files = treeFiles(repository, commit, paths);
  if (!files.ok) return files;
  const wanted = new Set(paths);
  const asked = files.value.filter(({ path, isLink }) => !isLink && wanted.has(path));
  const texts = blobTexts(
    repository,
    asked.map(({ blob }) => blob),
  );
  if (!texts.ok) return texts;
  return ok(
    new Map(
      asked.flatMap(({ path, blob }) => {
        const text = texts.value.get(blob);
        return text === undefined ? [] : [[path, text] as const];
      }),
    ),
  );
}
