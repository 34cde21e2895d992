import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { warningOf, type Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import { ok, type Result } from "../core/result.ts";
import { makeOwnFolder } from "../fingerprint/files/own-folder.ts";
import { INSTALLED_TOOLS } from "../fingerprint/tool/installed-tools.ts";
import type { Changes } from "../workspace/git/changes.ts";
import type { Environment } from "../workspace/git/git.ts";
import { records } from "../workspace/git/records.ts";
import { gitOutput, type Repository } from "../workspace/git/repository.ts";
import { checkOut, removeUntracked } from "../workspace/git/staged-check-out.ts";
import { readStagedIndex } from "../workspace/git/staged-index.ts";
import { copyIgnored, listIgnored } from "./ignored-files.ts";
import { linkNodeModules, type Roots } from "./node-modules.ts";
import { putEntry } from "./put-in-place.ts";
import type { StagedPlace } from "./staged-place.ts";

/** What will be committed, checked out beside the work tree. */
export interface Staged {
  readonly roots: Roots;
  readonly changes: Changes;
  /** Python environments in the work tree that git ignores, from its root. */
  readonly environments: readonly RepoPath[];
  /** What could not be provided. */
  readonly problems: readonly Diagnostic[];
}

/**
 * Checks out what will be committed: the index's files, and of what git ignores what tasks read (packages that are
 * installed, single files). The work tree and its index are not touched. Undefined where nothing is staged. Throws what the
 * file system throws.
 */
export function stage(
  repository: Repository,
  place: StagedPlace,
  environment: Environment,
): Result<Staged | undefined, Diagnostic> {
  const index = readStagedIndex(repository, environment, place.index);
  if (!index.ok) return index;
  const { tree, changes } = index.value;
  if (changes.files.length === 0) return ok(undefined);
  const { gitDirectory, tree: folder } = place;
  const wanted = { repository, tree, folder, gitDirectory, environment };
  const absent = checkOut(wanted);
  const ignored = absent.ok ? listIgnored(repository) : absent;
  const tracked = ignored.ok ? trackedFiles(repository, gitDirectory) : ignored;
  if (!absent.ok) return absent;
  if (!ignored.ok) return ignored;
  if (!tracked.ok) return tracked;
  const roots: Roots = { from: repository.root, to: folder };
  const manifest = join(place.folder, ".copied");
  copyIgnored(ignored.value, roots, { tracked: new Set(tracked.value), manifest });
  linkNodeModules(tracked.value, roots);
  linkOwn(roots);
  const cleaned = removeUntracked(wanted);
  if (!cleaned.ok) return cleaned;
  const environments = ignored.value.folders.filter((path) => existsSync(join(repository.root, path, "pyvenv.cfg")));
  return ok({ roots, changes, environments, problems: absent.value.map(absentSubmodule) });
}

/** The files that were checked out with this git directory. */
export function trackedFiles(repository: Repository, gitDirectory: string): Result<readonly RepoPath[], Diagnostic> {
  const listed = gitOutput(repository, [`--git-dir=${gitDirectory}`, "ls-files", "-z"]);
  return listed.ok ? ok(records(listed.value)) : listed;
}

/** A run is found where all runs are, and the tools that are installed for the work tree serve there too. */
export function linkOwn({ from, to }: Roots): void {
  const runs = join(from, ".symbiotic", "runs");
  for (const root of [from, to]) makeOwnFolder(root);
  mkdirSync(runs, { recursive: true });
  putEntry(join(to, ".symbiotic", "runs"), { kind: "link", target: runs });
  const tools = join(from, INSTALLED_TOOLS);
  if (existsSync(tools)) putEntry(join(to, INSTALLED_TOOLS), { kind: "link", target: tools });
}

function absentSubmodule(path: RepoPath): Diagnostic {
  return warningOf(
    "SYM7022",
    `the commit of the submodule ${path} that is staged is not in this clone: it is empty here`,
    {
      location: { file: path },
      hint: `fetch it: git submodule update --init ${path}`,
    },
  );
}
