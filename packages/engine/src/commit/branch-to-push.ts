import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { gitOutput, type Repository } from "../workspace/git/repository.ts";
import { matcher } from "../workspace/match.ts";
import type { PushRequest } from "./push-request.ts";

/** Branches that others build on. */
const PROTECTED = ["main", "master", "trunk", "develop", "release", "release/**", "releases/**"];

/** The commit that a branch shows, if it may be pushed to this remote. */
export function branchToPush(
  repository: Repository,
  request: Pick<PushRequest, "remote" | "branch" | "base" | "protect" | "replaces">,
): Result<string, Diagnostic> {
  const { remote, branch, replaces } = request;
  const there = remoteThere(repository, remote);
  if (!there.ok) return there;
  const why = unpushable(request, defaultBranch(repository, remote));
  if (why !== undefined) return fail(protectedError(branch, why));
  if (replaces !== undefined && !/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(replaces))
    return fail(protectedError(branch, `\`${replaces}\`, which it is to replace, is no id of a commit`));
  const commit = repository.git([
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `refs/heads/${branch}^{commit}`,
  ]);
  if (!commit.ok) return commit;
  const id = commit.value.stdout.toString("utf8").trim();
  return commit.value.exitCode === 0 && id !== ""
    ? ok(id)
    : fail(protectedError(branch, "there is no such branch here"));
}

/** Whether a repository has a remote of this name; asks nobody there. */
export function remoteThere(repository: Repository, remote: string): Result<void, Diagnostic> {
  const remotes = gitOutput(repository, ["remote"]);
  if (!remotes.ok) return remotes;
  const names = remotes.value.toString("utf8").split("\n").filter(Boolean);
  return names.includes(remote) ? ok(undefined) : fail(noRemote(remote, names));
}

/** Why nothing is pushed to a branch by itself; nothing where it may be. Pure. */
export function unpushable(
  { branch, base, protect = [] }: Pick<PushRequest, "branch" | "base" | "protect">,
  remoteDefault?: string,
): string | undefined {
  if (/^(?:refs\/|[-+])|[\s:^~?*[\\]|\.\.|@\{|^$|^HEAD$/.test(branch)) return "it is not the name of a branch";
  // A server may keep names without their case.
  const name = branch.toLowerCase();
  const isBase = [base, remoteDefault].some((each) => each !== undefined && shortOf(each) === name);
  if (isBase) return "others build on it";
  const isProtected = matcher(PROTECTED)(name) || matcher(protect)(branch);
  return isProtected ? "it is protected" : undefined;
}

/** A base is named as people compare with it: `origin/main`, too. */
function shortOf(base: string): string {
  return base
    .replace(/^refs\/(?:heads|remotes\/[^/]+)\//, "")
    .replace(/^(?:origin|upstream)\//, "")
    .toLowerCase();
}

function defaultBranch({ git }: Repository, remote: string): string | undefined {
  const answer = git(["symbolic-ref", "--quiet", `refs/remotes/${remote}/HEAD`]);
  return answer.ok && answer.value.exitCode === 0
    ? answer.value.stdout.toString("utf8").trim().slice(`refs/remotes/${remote}/`.length)
    : undefined;
}

function protectedError(branch: string, why: string): Diagnostic {
  return errorOf("SYM7320", `${branch} is not pushed: ${why}`, {
    hint: "push a branch of its own, and open a pull request",
  });
}

function noRemote(remote: string, names: readonly string[]): Diagnostic {
  return errorOf("SYM7321", `there is no remote named ${remote}`, {
    hint: names.length === 0 ? `git remote add ${remote} <address>` : `there is: ${names.join(", ")}`,
  });
}
