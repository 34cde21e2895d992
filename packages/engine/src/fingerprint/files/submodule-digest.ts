import type { Diagnostic } from "../../core/diagnostic.ts";
import { canonicalJson } from "../../core/json.ts";
import type { RepoPath } from "../../core/path.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { DigestResult } from "./file-digest.ts";
import { digestOf } from "./hash-file.ts";

/** Lists the files and submodules of a submodule, relative to the repository's root; undefined where none is checked out. */
export type ListSubmodule = (
  path: RepoPath,
) => Result<{ readonly files: readonly RepoPath[]; readonly submodules: readonly RepoPath[] } | undefined, Diagnostic>;

/** The digest of a submodule: of all files in its work tree, so that an edit counts as much as another commit. */
export function submoduleDigest(
  path: RepoPath,
  list: ListSubmodule,
  digest: (path: RepoPath) => DigestResult,
): DigestResult {
  const tree = list(path);
  if (!tree.ok || tree.value === undefined) return tree.ok ? ok(undefined) : tree;
  const entries: (readonly [path: string, mode: string, sha256: string])[] = [];
  for (const inside of [...tree.value.files, ...tree.value.submodules]) {
    const found = digest(inside);
    if (!found.ok) return fail(found.error);
    if (found.value !== undefined) entries.push([inside.slice(path.length + 1), found.value.mode, found.value.sha256]);
  }
  return ok({ path, mode: "160000", sha256: digestOf(canonicalJson(entries)) });
}
