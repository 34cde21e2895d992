import { mkdirSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import { openLocks, type Locks } from "../cache/lock.ts";
import { ownIdentity, type ProcessIdentity } from "../cache/process-identity.ts";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, type Result } from "../core/result.ts";
import { sha256 } from "../fingerprint/digest.ts";
import { userCache, type UserFolders } from "../staged/staged-place.ts";
import type { Environment } from "../workspace/git/git.ts";
import type { Repository } from "../workspace/git/repository.ts";
import { listGitWorktrees } from "./git-worktrees.ts";
import { safeName } from "./safe-name.ts";
import { isAtOrBelow } from "./same-path.ts";
import { tryFiles } from "./try-files.ts";

/** The worktrees of one repository, as one run sees them. */
export interface Worktrees {
  readonly repository: Repository;
  readonly environment: Environment;
  /** Where they are made, a folder each: absolute; it need not exist. */
  readonly folder: string;
  /** Where the engine writes down what it made; in the git directory, where no tree leads. */
  readonly records: string;
  readonly leases: Locks;
  readonly leaseFiles: string;
  readonly run: string;
  readonly process: ProcessIdentity;
  /** The time, as ISO text. */
  readonly now: () => string;
}

/** What they are opened with. */
export interface WorktreesRequest {
  /** Any work tree of the repository. */
  readonly repository: Repository;
  readonly environment: Environment;
  readonly user: UserFolders;
  /** Where worktrees are made; by default a folder of the user's for caches. Absolute. */
  readonly folder?: string;
  /** The run that works with them. */
  readonly run: string;
  readonly now: () => string;
}

/** Opens them; makes and touches nothing. */
export function openWorktrees({ repository, environment, user, folder, run, now }: WorktreesRequest): Worktrees {
  const state = join(repository.commonDir, "symbiotic", "worktrees");
  const leaseFiles = join(state, "leases");
  return {
    ...{ repository, environment, run, now },
    folder: folder === undefined ? usualFolder(repository, user) : resolve(folder),
    records: state,
    leaseFiles,
    leases: openLocks(leaseFiles),
    process: ownIdentity(),
  };
}

function usualFolder({ root, commonDir }: Repository, user: UserFolders): string {
  // `/code/app/.git` and a bare `/code/app.git` are both called app.
  const called = basename(commonDir) === ".git" ? basename(dirname(commonDir)) : basename(commonDir, ".git");
  const name = `${safeName(called).slice(0, 40)}-${sha256(commonDir).slice(0, 8)}`;
  return join(userCache(root, user), "symbiotic", "worktrees", name);
}

/** Makes the folder for worktrees and gives its real path. Refuses one in a git directory or in a work tree of the repository. */
export function makeFolder({ repository, folder }: Worktrees): Result<string, Diagnostic> {
  const made = tryFiles(
    () => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return realpathSync.native(folder);
    },
    (why) =>
      errorOf("SYM7601", `the folder for worktrees cannot be made: ${why}`, {
        location: { file: folder },
        hint: "name another one, or check the disk and the permissions",
      }),
  );
  if (!made.ok) return made;
  const listed = listGitWorktrees(repository);
  if (!listed.ok) return listed;
  const outer = [repository.root, repository.commonDir, ...listed.value.map(({ path }) => path)].find((each) =>
    isAtOrBelow(each, made.value),
  );
  if (outer !== undefined) return fail(misplaced(folder, outer));
  return made.value.split(sep).some((name) => /^\.git$/i.test(name)) ? fail(misplaced(folder, ".git")) : made;
}

function misplaced(folder: string, outer: string): Diagnostic {
  return errorOf("SYM7602", `worktrees cannot be made in ${folder}: it lies inside ${outer}`, {
    hint: "name a folder outside every work tree and git directory of the repository",
  });
}
