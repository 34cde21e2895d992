import type { Diagnostic } from "../../core/diagnostic.ts";
import { errorOf } from "../../core/diagnostic.ts";
import type { Result } from "../../core/result.ts";
import { fail, ok } from "../../core/result.ts";
import type { NamedBase } from "./base-branch.ts";
import { ciCure } from "./ci.ts";
import type { Environment } from "./git.ts";
import { outputOf } from "./git.ts";
import type { Repository } from "./repository.ts";
import { gitOutput } from "./repository.ts";
import { resolveCommit } from "./resolve-commit.ts";

/** The commit at which `head` left the base. */
export function mergeBase(
  repository: Repository,
  head: string,
  base: NamedBase,
  env: Environment,
): Result<string, Diagnostic> {
  if (head === base.commit) return ok(head);
  const args = ["merge-base", head, base.commit];
  const answer = repository.git(args);
  if (answer.ok && answer.value.exitCode === 1) {
    return fail(
      repository.shallow ? cutOff(repository, `where it left ${base.name}`, base.branch, env) : unrelated(base.name),
    );
  }
  const output = outputOf(args, answer);
  return output.ok ? ok(output.value.toString("utf8").trimEnd()) : output;
}

/** The first parent of a commit; null where it has none, because it is the first one. */
export function previousCommit(
  repository: Repository,
  head: string,
  branch: string,
  env: Environment,
): Result<string | null, Diagnostic> {
  const parent = resolveCommit(repository, `${head}^`);
  if (parent !== undefined) return ok(parent);
  if (!repository.shallow) return ok(null);
  const commit = gitOutput(repository, ["cat-file", "commit", head]);
  if (!commit.ok) return commit;
  const [headers = ""] = commit.value.toString("latin1").split("\n\n");
  return /^parent /m.test(headers) ? fail(cutOff(repository, "the commit before this one", branch, env)) : ok(null);
}

/** The tree without files, which is what there is before the first commit. */
export function emptyTree(repository: Repository): Result<string, Diagnostic> {
  const answer = gitOutput(repository, ["hash-object", "-t", "tree", "--stdin"]);
  return answer.ok ? ok(answer.value.toString("utf8").trimEnd()) : answer;
}

/** What was asked for lies beyond the end of a shallow clone; `branch` is the base's, without the remote. */
export function cutOff(repository: Repository, what: string, branch: string, env: Environment): Diagnostic {
  const current = repository.branch ?? branch;
  const branches = [...new Set([branch, current])].join(" ");
  const all = "`git fetch --unshallow origin`";
  const command =
    repository.branch === null ? all : `\`git fetch --deepen=1000 origin ${branches}\`, or ${all} for all of it`;
  const cure = ciCure(env);
  return errorOf("SYM7010", `this clone is shallow: its history does not reach ${what}`, {
    hint: cure === undefined ? `fetch more of it: ${command}` : `fetch more of it: ${cure}, or run ${command}`,
  });
}

function unrelated(name: string): Diagnostic {
  return errorOf("SYM7012", `the work tree and ${name} have no commit in common`, {
    hint: "name another base with `--base`: a branch or commit that this one grew out of",
  });
}
