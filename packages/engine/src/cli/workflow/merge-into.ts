import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { OpenTree } from "../../plugin/workflow.ts";
import { lastLine, outputOf, runGit } from "../../workspace/git/git.ts";
import type { Repository } from "../../workspace/git/repository.ts";
import type { Worktrees } from "../../worktree/open-worktrees.ts";
import type { Worktree } from "../../worktree/worktree.ts";

/** Merges into a fresh tree the branches that it stands on; where they do not go together nothing is merged. Gives its commit. */
export function mergeInto(
  { path, head }: Worktree,
  { on, joined }: OpenTree,
  { worktrees: { environment } }: { readonly worktrees: Worktrees; readonly repository: Repository },
): Result<{ readonly head: string }, Diagnostic> {
  if (on.length === 0) return ok({ head });
  const folder = mkdtempSync(join(tmpdir(), "symbiotic-merge-"));
  try {
    const attributes = join(folder, "attributes");
    // Where branches write a part each of one file, both parts stay.
    writeFileSync(attributes, joined.map((glob) => `${glob} merge=union\n`).join(""));
    const git = (...args: readonly string[]): ReturnType<typeof runGit> =>
      runGit(path, environment, ["-c", `core.attributesFile=${attributes}`, "-c", "core.hooksPath=/dev/null", ...args]);
    // A run that was killed while it merged left that to us.
    git("merge", "--abort");
    for (const branch of on) {
      const merged = git("merge", "--no-edit", "--ff", "--no-verify", "-m", `Merge ${branch}`, branch);
      if (!merged.ok) return merged;
      if (merged.value.exitCode === 0) continue;
      const conflicts = outputOf(["diff"], git("diff", "--name-only", "--diff-filter=U"));
      git("merge", "--abort");
      const files = conflicts.ok ? conflicts.value.toString("utf8").trim() : "";
      return fail(files === "" ? unmerged(branch, lastLine(merged.value.stderr)) : apart(branch, files));
    }
    const now = outputOf(["rev-parse"], git("rev-parse", "HEAD"));
    return now.ok ? ok({ head: now.value.toString("utf8").trim() }) : now;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function apart(branch: string, files: string): Diagnostic {
  return errorOf("SYM7506", `${branch} does not go together with the branches before it`, {
    hint: "merge them by hand into the first one, then run the issue again",
    notes: files.split("\n"),
  });
}

function unmerged(branch: string, why: string): Diagnostic {
  return errorOf("SYM7506", `${branch} could not be merged: ${why}`, {
    hint: "do what git says, and run the issue again",
  });
}
