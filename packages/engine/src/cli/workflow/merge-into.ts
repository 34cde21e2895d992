import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { OpenTree } from "../../plugin/workflow.ts";
import type { Environment } from "../../workspace/git/git.ts";
import { gitOfTree } from "../../worktree/git-of-tree.ts";
import type { Worktree } from "../../worktree/worktree.ts";

/** Merges into a fresh tree the branches that it stands on; where they do not go together nothing is merged. Gives its commit. */
export function mergeInto(
  worktree: Worktree,
  { on, joined }: OpenTree,
  environment: Environment,
): Result<string, Diagnostic> {
  if (on.length === 0) return ok(worktree.head);
  const git = gitOfTree(environment, worktree);
  if (!git.ok) return git;
  const folder = mkdtempSync(join(tmpdir(), "symbiotic-merge-"));
  try {
    const attributes = join(folder, "attributes");
    // Where branches write a part each of one file, both parts stay.
    writeFileSync(attributes, joined.map((glob) => `${glob} merge=union\n`).join(""));
    // A run that was killed while it merged left that to us.
    git.value(["merge", "--abort"]);
    for (const branch of on) {
      const args = ["merge", "--no-edit", "--ff", "--no-verify", "-m", `Merge ${branch}`, branch];
      const merged = git.value(args, { config: [["core.attributesFile", attributes]] });
      if (merged.ok) continue;
      const conflicts = git.value(["diff", "--name-only", "--diff-filter=U"]);
      git.value(["merge", "--abort"]);
      const files = conflicts.ok ? conflicts.value.toString("utf8").trim() : "";
      return fail(files === "" ? merged.error : apart(branch, files));
    }
    const now = git.value(["rev-parse", "HEAD"]);
    return now.ok ? ok(now.value.toString("utf8").trim()) : now;
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
