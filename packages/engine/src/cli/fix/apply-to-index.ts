import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { Environment } from "../../workspace/git/git.ts";
import { records } from "../../workspace/git/records.ts";
import { gitOutput, type Repository } from "../../workspace/git/repository.ts";
import { applyToWorkTree, bytesAt } from "./apply-to-work-tree.ts";
import type { EditedFile } from "./tree-contents.ts";

/** What was mended of what is staged. */
export interface StagedWriting {
  readonly repository: Repository;
  /** The git directory of the copy: its index holds what was mended. */
  readonly copy: string;
  readonly files: readonly EditedFile[];
  readonly name: string;
  readonly signal: AbortSignal;
}

/** Files of the work tree that stay as they are, since what is not staged in them and what was mended touch the same lines. */
export interface StagedWritten {
  readonly apart: readonly RepoPath[];
}

/**
 * Puts mended files into the index, all or none, and what was mended into the files of the work tree: where such a file has
 * more than is staged, the two are joined, and where that cannot be the file is left alone.
 */
export async function applyToIndex(writing: StagedWriting): Promise<Result<StagedWritten, Diagnostic>> {
  const { repository, copy, files, name, signal } = writing;
  const entries = indexEntries(repository, copy, files);
  if (!entries.ok) return entries;
  const apart: RepoPath[] = [];
  const writes: EditedFile[] = [];
  for (const file of files) {
    const own = bytesAt(repository.root, file.path);
    if (own === undefined) continue;
    const after = own.equals(file.before) ? file.after : joined(repository, own, file);
    if (after === undefined) apart.push(file.path);
    else if (!after.equals(own)) writes.push({ path: file.path, before: own, after });
  }
  const written = await applyToWorkTree({ root: repository.root, files: writes, name, signal });
  if (!written.ok) return written;
  const input = Buffer.from(entries.value.map((line) => `${line}\0`).join(""));
  const updated = gitOutput(repository, ["update-index", "-z", "--index-info"], { input });
  return updated.ok ? ok({ apart }) : updated;
}

/** Git hands a hook of `git commit <path>` another index than its own, and throws it away afterwards. */
export function foreignIndex({ root, gitDir }: Repository, environment: Environment): Diagnostic | undefined {
  const { GIT_INDEX_FILE: named = "" } = environment;
  if (named === "" || resolve(root, named) === join(gitDir, "index")) return undefined;
  return errorOf("SYM7040", "git hands this hook an index of its own, which is not the one that can be mended", {
    hint: "`git commit <path>` and `git commit --all` do that: stage what you commit with `git add`, then `symbiotic fix --staged`",
  });
}

/** New entries, as `update-index --index-info` takes them; an error where the index is no longer what was mended. */
function indexEntries(
  repository: Repository,
  copy: string,
  files: readonly EditedFile[],
): Result<readonly string[], Diagnostic> {
  const [own, mended] = [stagedEntries(repository, []), stagedEntries(repository, [`--git-dir=${copy}`])];
  if (!own.ok) return own;
  if (!mended.ok) return mended;
  const lines: string[] = [];
  for (const { path, after } of files) {
    const entry = own.value.get(path);
    if (entry === undefined || entry !== mended.value.get(path)) return fail(indexChanged(path));
    // With the path git does to the bytes what `git add` does.
    const written = gitOutput(repository, ["hash-object", "-w", "--stdin", `--path=${path}`], { input: after });
    if (!written.ok) return written;
    lines.push(`${entry.slice(0, 6)} ${written.value.toString("utf8").trimEnd()}\t${path}`);
  }
  return ok(lines);
}

/** Mode, blob and stage by path. */
function stagedEntries(
  repository: Repository,
  where: readonly string[],
): Result<ReadonlyMap<RepoPath, string>, Diagnostic> {
  const listed = gitOutput(repository, [...where, "ls-files", "--stage", "-z"]);
  if (!listed.ok) return listed;
  return ok(
    new Map(
      records(listed.value).map((line) => {
        const tab = line.indexOf("\t");
        return [line.slice(tab + 1), line.slice(0, tab)];
      }),
    ),
  );
}

/** The file of the work tree with what was mended; undefined where both changed the same lines. */
function joined({ git }: Repository, own: Buffer, { before, after }: EditedFile): Buffer | undefined {
  const folder = mkdtempSync(join(tmpdir(), "symbiotic-join-"));
  try {
    const places = ["own", "before", "after"].map((name) => join(folder, name));
    for (const [index, bytes] of [own, before, after].entries()) writeFileSync(places[index] ?? "", bytes);
    const merged = git(["merge-file", "--stdout", ...places]);
    return merged.ok && merged.value.exitCode === 0 ? merged.value.stdout : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function indexChanged(path: RepoPath): Diagnostic {
  return errorOf("SYM4096", `${path} is no longer staged as it was: nothing was written`, {
    location: { file: path },
    hint: "run `symbiotic fix --staged` again",
  });
}
