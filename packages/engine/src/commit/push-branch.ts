import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { BoundedEnd } from "../execute/run-bounded.ts";
import { openRepository } from "../workspace/git/repository.ts";
import { branchToPush } from "./branch-to-push.ts";
import type { Pushed, PushRequest } from "./push-request.ts";
import { pushedIn } from "./read-push.ts";
import { runGitBounded, saidBy } from "./run-git.ts";
import { silentSsh } from "./silent-ssh.ts";

/** Push nothing but what was asked for, whatever the user's settings say, and run no hook. */
const EXACTLY = ["--porcelain", "--no-follow-tags", "--recurse-submodules=no", "--no-verify"];

/**
 * Pushes one branch to the branch of the same name, and waits until the remote has it. Nobody is asked for anything. Whatever keeps it
 * from being there is an error.
 */
export async function pushBranch(request: PushRequest): Promise<Result<Pushed, Diagnostic>> {
  const { root, environment, remote, branch, replaces, redactor } = request;
  const repository = openRepository(root, environment);
  if (!repository.ok) return repository;
  const commit = branchToPush(repository.value, request);
  if (!commit.ok) return commit;
  const ref = `refs/heads/${branch}`;
  const lease = replaces === undefined ? [] : [`--force-with-lease=${ref}:${replaces}`];
  const ended = await runGitBounded(request, {
    cwd: repository.value.root,
    args: ["push", ...EXACTLY, ...lease, remote, `${commit.value}:${ref}`],
    config: [["credential.interactive", "false"]],
    variables: silentSsh(repository.value, environment),
  });
  const as = ended.how === "ended" && ended.exitCode === 0 ? pushedIn(ended.stdout, ref) : undefined;
  if (as !== undefined) return ok({ remote, branch, commit: commit.value, as });
  return fail(pushError(request, ended, (line) => redactor.text(line)));
}

function pushError(
  { remote, branch, timeoutMs }: PushRequest,
  ended: BoundedEnd,
  shown: (line: string) => string,
): Diagnostic {
  const notes = saidBy(ended).map(shown);
  if (ended.how === "timeout")
    return errorOf(
      "SYM7323",
      `pushing ${branch} to ${remote} was not done after ${String(timeoutMs / 1000)} s, and was ended`,
      {
        hint: "look whether the remote can be reached, and try again: what was pushed is not pushed twice",
        notes,
      },
    );
  return errorOf("SYM7322", `${branch} was not pushed to ${remote}`, { hint: hintFor(ended), notes });
}

function hintFor({ stdout, stderr }: BoundedEnd): string {
  const said = `${stdout}\n${stderr}`;
  if (/\[rejected\]|stale info|non-fast-forward|fetch first/.test(said))
    return "somebody else has pushed to it: fetch, and decide what becomes of both";
  if (
    /could not read (?:Username|Password)|Authentication failed|Permission denied|terminal prompts disabled|403/i.test(
      said,
    )
  )
    return "sign in to the remote: nobody is asked for a name or a password here";
  if (/\[remote rejected\]|pre-receive hook declined/.test(said)) return "the remote refused it, and says why";
  return "git says why";
}
