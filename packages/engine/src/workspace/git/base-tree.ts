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

/** All files of a commit (or tree), as `listFiles` gives those of the work tree: no submodules, none of the engine's own. */
export function treeFiles(repository: Repository, commit: string): Result<readonly TreeFile[], Diagnostic> {
  const answer = gitOutput(repository, ["ls-tree", "-r", "-z", "--full-tree", commit]);
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
  const files = treeFiles(repository, commit);
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
