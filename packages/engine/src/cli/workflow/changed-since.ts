import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { FileChange } from "../../guard/diff/file-change.ts";
import { records } from "../../workspace/git/records.ts";
import { gitOutput } from "../../workspace/git/repository.ts";
import type { UsedTree } from "./trees.ts";

const KINDS: Readonly<Record<string, FileChange["kind"]>> = { A: "added", D: "deleted" };

/** What the branch of a tree changed since its own work began. */
export function changedSince({
  opened,
  base,
}: Pick<UsedTree, "opened" | "base">): Result<readonly Pick<FileChange, "path" | "kind">[], Diagnostic> {
  const told = gitOutput(opened.repository, ["diff-tree", "-r", "-z", "--no-renames", "--name-status", base, "HEAD"]);
  if (!told.ok) return fail(errorOf("SYM7501", `what the branch changed cannot be told: ${told.error.message}`));
  const words = records(told.value);
  return ok(
    words.flatMap((word, at) => (at % 2 === 0 ? [{ kind: KINDS[word] ?? "modified", path: words[at + 1] ?? "" }] : [])),
  );
}
