import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { byCodeUnit } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { treeChanges } from "../guard/scratch/tree-changes.ts";
import { records } from "../workspace/git/records.ts";
import { outputOf } from "../workspace/git/git.ts";
import { gitOutput, type Repository } from "../workspace/git/repository.ts";
import { judgeCommit, type CommitRules } from "./judge-commit.ts";
import { inStage, nulSeparated, stagePaths, treeBefore, type Stage, type StagedPaths } from "./stage-paths.ts";

/**
 * The tree that a commit of these paths would have, made where nobody else sees its objects, and what is wrong with it. Fails
 * where git does.
 */
export function judgeStaged(
  stage: Stage,
  paths: StagedPaths,
  rules: CommitRules,
): Result<{ readonly tree: string; readonly problems: readonly Diagnostic[] }, Diagnostic> {
  const { repository } = stage;
  const [before, tree] = [treeBefore(repository), stagePaths(stage, paths)];
  if (!before.ok) return before;
  if (!tree.ok) return tree;
  const run = (args: readonly string[]): Result<Buffer, Diagnostic> => inStage(stage, args);
  const changes = treeChanges({ run }, repository.root, { before: before.value, after: tree.value, most: MOST });
  if (!changes.ok) return changes;
  if (changes.value.length > MOST) return fail(tooMany(changes.value.length));
  const changed = new Set(changes.value.map(({ path }) => path));
  const same = [...paths.present, ...paths.absent].filter((path) => !changed.has(path));
  return ok({ tree: tree.value, problems: [...judgeCommit(rules, changes.value), ...same.map(sameError)] });
}

/** Of more the lines are not looked at. */
const MOST = 10_000;

function tooMany(count: number): Diagnostic {
  return errorOf("SYM7303", `the commit has ${String(count)} files, of ${String(MOST)} that can be looked at`, {
    hint: "commit them in parts",
  });
}

function sameError(path: RepoPath): Diagnostic {
  return errorOf("SYM7307", `${path} cannot be committed: there is no change in it`, {
    location: { file: path },
    hint: "leave it out, and of a folder name the files; `git status` tells what has changed",
  });
}

/** What of these paths git ignores, and what it has in conflict. */
export function unfitPaths(repository: Repository, { present, absent }: StagedPaths): Result<Diagnostic[], Diagnostic> {
  const args = ["check-ignore", "-z", "--stdin"];
  const answer = repository.git(args, { input: nulSeparated(present) });
  if (!answer.ok) return answer;
  // It ends with 1 where none is ignored.
  const ignored = answer.value.exitCode === 1 ? ok(Buffer.alloc(0)) : outputOf(args, answer);
  if (!ignored.ok) return ignored;
  const unmerged = gitOutput(repository, ["ls-files", "--unmerged", "-z"]);
  if (!unmerged.ok) return unmerged;
  const all = new Set([...present, ...absent]);
  const conflicts = new Set(records(unmerged.value).map((line) => line.slice(line.indexOf("\t") + 1)));
  return ok([
    ...records(ignored.value).map(ignoredError),
    ...[...conflicts]
      .filter((path) => all.has(path))
      .sort(byCodeUnit)
      .map(conflictError),
  ]);
}

function ignoredError(path: RepoPath): Diagnostic {
  return errorOf("SYM7305", `${path} cannot be committed: git ignores it`, {
    location: { file: path },
    hint: "leave it out, or take it out of .gitignore",
  });
}

function conflictError(path: RepoPath): Diagnostic {
  return errorOf("SYM7302", `${path} cannot be committed: it has a conflict that is not solved`, {
    location: { file: path },
    hint: "solve it and `git add` the file",
  });
}
