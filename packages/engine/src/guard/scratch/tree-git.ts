import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { isInside, type RepoPath } from "../../core/path.ts";
import { ok, type Result } from "../../core/result.ts";
import { objectFormat } from "./own-git.ts";
import { records } from "../../workspace/git/records.ts";
import { outputOf, runGit, type Environment, type GitOptions } from "../../workspace/git/git.ts";

/** The id of a tree of git. */
export type TreeId = string;

/**
 * The engine's own look at a scratch tree: a git directory and an index that lie where nothing in the tree leads, with no hook, no
 * monitor, no filter and no conversion. Whatever is done to the tree's own `.git` means nothing to it.
 */
export interface TreeGit {
  /** What the tree holds now: what was tracked before, and what is new and not ignored. */
  snapshot(): Result<TreeId, Diagnostic>;
  /** Begins to track these paths, ignored ones too. */
  track(paths: readonly RepoPath[]): Result<void, Diagnostic>;
  run(args: readonly string[], options?: GitOptions): Result<Buffer, Diagnostic>;
}

/** Contents are bytes, whatever attributes say: this file is stronger than any in the tree. */
const RAW = "* -text -filter -ident -working-tree-encoding -diff -merge\n";
const SETTINGS: NonNullable<GitOptions["config"]> = [
  ["core.autocrlf", "false"],
  ["core.safecrlf", "false"],
  ["core.fileMode", process.platform === "win32" ? "false" : "true"],
  ["core.symlinks", process.platform === "win32" ? "false" : "true"],
  ["core.ignoreCase", "false"],
  ["core.attributesFile", ""],
  ["core.untrackedCache", "false"],
  ["core.splitIndex", "false"],
  ["index.sparse", "false"],
  ["submodule.recurse", "false"],
];

/** Where it lies, and whose objects it reads. */
export interface TreeGitPlace {
  readonly folder: string;
  /** The folder of objects of the user's repository, which is read and never written. */
  readonly objects: string;
  readonly head: string | null;
  readonly environment: Environment;
  /** Paths that it does not look at, whatever lies there. */
  readonly apart?: readonly RepoPath[];
}

/** Makes it in an empty folder. */
export function createTreeGit(
  tree: string,
  { folder, objects, head, environment, apart = [] }: TreeGitPlace,
): Result<TreeGit, Diagnostic> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const init = ["init", "--quiet", "--bare", "--template=", objectFormat(head), folder];
  const made = outputOf(init, runGit(folder, environment, init));
  if (!made.ok) return made;
  mkdirSync(join(folder, "info"), { recursive: true });
  writeFileSync(join(folder, "info", "attributes"), RAW);
  writeFileSync(join(folder, "objects", "info", "alternates"), `${objects}\n`);
  const run: TreeGit["run"] = (args, options = {}) => {
    const config = [...SETTINGS, ...(options.config ?? [])];
    const own = [`--git-dir=${folder}`, `--work-tree=${tree}`, ...args];
    return outputOf(args, runGit(tree, environment, own, { ...options, config }));
  };
  const track: TreeGit["track"] = (paths) => {
    if (paths.length === 0) return ok(undefined);
    const args = ["--literal-pathspecs", "add", "--force", "--pathspec-from-file=-", "--pathspec-file-nul"];
    const added = run(args, { input: Buffer.from(paths.join("\0"), "utf8") });
    return added.ok ? ok(undefined) : added;
  };
  /** Git refuses to leave out what it ignores anyway. */
  const addBut = (paths: readonly RepoPath[]): Result<unknown, Diagnostic> => {
    const updated = run(["add", "--update"]);
    const others = updated.ok ? run(["ls-files", "-z", "--others", "--exclude-standard"]) : updated;
    if (!others.ok) return others;
    return track(records(others.value).filter((path) => !paths.some((each) => isInside(each, path))));
  };
  return ok({
    run,
    track,
    snapshot() {
      const added = apart.length === 0 ? run(["add", "--all"]) : addBut(apart);
      if (!added.ok) return added;
      const written = run(["write-tree"]);
      return written.ok ? ok(written.value.toString("latin1").trim()) : written;
    },
  });
}
