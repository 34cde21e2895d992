import type { Diagnostic } from "../core/diagnostic.ts";
import { ok, type Result } from "../core/result.ts";
import { makeOwnFolder } from "../fingerprint/files/own-folder.ts";
import type { Environment } from "../workspace/git/git.ts";
import type { Repository } from "../workspace/git/repository.ts";
import { checkOut, removeUntracked } from "../workspace/git/staged-check-out.ts";
import { linkNodeModules, type Roots } from "./node-modules.ts";
import { trackedFiles } from "./stage.ts";
import type { StagedPlace } from "./staged-place.ts";

/**
 * Checks a commit out beside the work tree, with the packages that are installed in that. Only what differs from what was
 * checked out there before is written. Throws what the file system throws.
 */
export function checkOutBase(
  repository: Repository,
  commit: string,
  { place, environment }: { readonly place: StagedPlace; readonly environment: Environment },
): Result<Roots, Diagnostic> {
  const { tree: folder, gitDirectory } = place;
  const wanted = { repository: { ...repository, head: commit }, tree: commit, folder, gitDirectory, environment };
  const absent = checkOut(wanted);
  if (!absent.ok) return absent;
  const tracked = trackedFiles(repository, gitDirectory);
  if (!tracked.ok) return tracked;
  const roots: Roots = { from: repository.root, to: folder };
  linkNodeModules(tracked.value, roots);
  const cleaned = removeUntracked(wanted);
  if (!cleaned.ok) return cleaned;
  makeOwnFolder(folder);
  return ok(roots);
}
