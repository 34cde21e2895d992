import type { Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import type { Result } from "../../core/result.ts";
import { ok } from "../../core/result.ts";
import { isOwnFile } from "./own-files.ts";
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
const NEWLINE = 0x0a;

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
  const texts = new Map<string, string>();
  if (blobs.length === 0) return ok(texts);
  const answer = gitOutput(repository, ["cat-file", "--batch"], { input: Buffer.from(`${blobs.join("\n")}\n`) });
  if (!answer.ok) return answer;
  for (let at = 0; at < answer.value.length; ) {
    const end = answer.value.indexOf(NEWLINE, at);
    // `<id> blob <size>`, then the contents and a line break; or `<id> missing`, and nothing.
    const [id = "", , size] = answer.value.toString("latin1", at, end).split(" ");
    const length = size === undefined ? -1 : Number(size);
    if (length >= 0) texts.set(id, answer.value.toString("utf8", end + 1, end + 1 + length));
    at = end + length + 2;
  }
  return ok(texts);
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
