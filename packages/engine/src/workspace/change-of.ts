import { readFileSync } from "node:fs";
import type { Diagnostic } from "../core/diagnostic.ts";
import { absolutePath, type RepoPath } from "../core/path.ts";
import { ok, type Result } from "../core/result.ts";
import type { Change, ChangedSource } from "../plugin/change.ts";
import type { ChangedFile } from "./git/changed-file.ts";
import { changedLines } from "./git/changed-lines.ts";
import type { Changes } from "./git/changes.ts";
import type { Repository } from "./git/repository.ts";

/** What changed with the lines of it, for gates. `upTo`: the commit compared, `null` for the work tree. */
export function changeOf(
  repository: Repository,
  { comparison: { base, commit }, files }: Changes,
  upTo: string | null,
): Result<Change, Diagnostic> {
  const lines = changedLines(repository, { commit, upTo });
  if (!lines.ok) return lines;
  const linesOf = (path: RepoPath): string =>
    lines.value.get(path) ?? (upTo === null ? allLines(repository, path) : "");
  return ok({ base, commit, files: files.map((file) => changedSource(file, linesOf)) });
}

function changedSource({ path, status, from }: ChangedFile, linesOf: (path: RepoPath) => string): ChangedSource {
  if (status === "deleted") return { path, status, lines: "" };
  const before = from === undefined ? {} : { from };
  return {
    path,
    status: status === "renamed" ? "modified" : status,
    ...before,
    lines: status === "renamed" ? "" : linesOf(path),
  };
}

/** Of a file that git does not track every line is new. */
function allLines({ root }: Repository, path: RepoPath): string {
  try {
    const text = readFileSync(absolutePath(root, path), "latin1");
    const count = text.split("\n").length - (text.endsWith("\n") || text === "" ? 1 : 0);
    return count === 0 || text.includes("\0") ? "" : `1-${String(count)}`;
  } catch {
    return "";
  }
}
