import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Result } from "../../core/result.ts";
import { fail, ok } from "../../core/result.ts";
import { cutOff, emptyTree, mergeBase, previousCommit } from "./ancestor.ts";
import type { BaseBranch, NamedBase } from "./base-branch.ts";
import { findBaseBranch, upstreamOf, withoutRemote } from "./base-branch.ts";
import type { CiBase } from "./ci.ts";
import { ciBase, ciBranch, isCi } from "./ci.ts";
import type { Environment } from "./git.ts";
import type { Repository } from "./repository.ts";
import { resolveCommit, unknownCommit } from "./resolve-commit.ts";

/** What is known of the comparison before it is made. */
export interface BaseOptions {
  /** `--base`: wins over everything, and is taken as it is written. */
  readonly base?: string;
  /** `--head`: only commits up to it count; `HEAD`, or none, counts what is not committed too. */
  readonly head?: string;
  /** The base branch of the configuration: wins over detection, loses to the target of a pull request. */
  readonly configured?: string;
  readonly env: Environment;
}

/** What to compare with what. */
export interface Selection {
  /** What the user or the detection named: `origin/main`. */
  readonly ref: string;
  /** The commit to compare with; the id of the empty tree where there is none. */
  readonly commit: string;
  /** Why this one, in a few words. */
  readonly reason: string;
  /** The commit whose files are compared; null for the work tree, with all that is not committed. */
  readonly upTo: string | null;
  /** The commits compared are on the base branch already. */
  readonly isMerged?: true;
}

/**
 * Which commit the changes are measured from. Off the base branch: where HEAD left it. On the base branch: what was not
 * pushed yet, and in CI the last commit. Before the first commit, and in CI at it: everything.
 */
export function detectBase(repository: Repository, options: BaseOptions): Result<Selection, Diagnostic> {
  const upTo = options.head === undefined || options.head === "HEAD" ? null : resolveCommit(repository, options.head);
  if (upTo === undefined) return fail(unknownCommit(repository, options.head ?? "", "--head", options.env));
  const head = upTo ?? repository.head;
  if (head === null)
    return everything(repository, "no commit yet: every file counts", repository.branch ?? "HEAD", upTo);
  const request: Request = { repository, head, upTo, env: options.env };
  if (options.base !== undefined) return sinceNamed(request, [options.base], "--base");
  const named = isCi(options.env) ? ciBase(options.env) : undefined;
  if (named?.request === true) return sinceRequest(request, named);
  if (options.configured !== undefined) return sinceUsual(request, either(options.configured), "the configured base");
  if (named) return sinceUsual(request, either(named.name), named.variable);
  const found = findBaseBranch(repository);
  return found.ok ? sinceBranch(request, found.value) : found;
}

interface Request {
  readonly repository: Repository;
  readonly head: string;
  readonly upTo: string | null;
  readonly env: Environment;
}

/** A branch is better known as the remote has it: the local one may be old. */
function either(name: string): string[] {
  return [`origin/${name}`, name];
}

function resolveFirst(
  { repository, env }: Request,
  names: readonly string[],
  from: string,
): Result<NamedBase, Diagnostic> {
  for (const name of names) {
    const commit = resolveCommit(repository, name);
    if (commit !== undefined) return ok({ name, branch: withoutRemote(name), commit });
  }
  return fail(unknownCommit(repository, names.at(-1) ?? "", from, env));
}

function sinceNamed(request: Request, names: readonly string[], from: string): Result<Selection, Diagnostic> {
  const base = resolveFirst(request, names, from);
  return base.ok ? sinceMergeBase(request, base.value) : base;
}

function sinceRequest(request: Request, named: CiBase): Result<Selection, Diagnostic> {
  if (named.kind === "branch") return sinceNamed(request, either(named.name), named.variable);
  const { repository, env, upTo } = request;
  const ref = env["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"] ?? named.name;
  const commit = resolveCommit(repository, named.name);
  if (commit !== undefined) return ok({ ref, commit, reason: `the merge request's base (${named.variable})`, upTo });
  return fail(
    repository.shallow
      ? cutOff(repository, `the merge request's base ${named.name}`, ref, env)
      : unknownCommit(repository, named.name, named.variable, env),
  );
}

function sinceUsual(request: Request, names: readonly string[], from: string): Result<Selection, Diagnostic> {
  const base = resolveFirst(request, names, from);
  if (!base.ok) return base;
  const local = resolveCommit(request.repository, `refs/heads/${base.value.name}`) !== undefined;
  return sinceBranch(request, { ...base.value, local });
}

/** Since a base branch that nobody asked for by name: HEAD may be on it. */
function sinceBranch(request: Request, base: BaseBranch): Result<Selection, Diagnostic> {
  const { repository, head, upTo, env } = request;
  const current = upTo === null ? (repository.branch ?? (isCi(env) ? ciBranch(env) : undefined)) : undefined;
  const onBase = current === base.branch;
  if (isCi(env)) return onBase ? sincePrevious(request, base) : sinceLeft(request, base);
  if (!onBase || !base.local) return sinceMergeBase(request, base);
  const upstream = upstreamOf(repository);
  if (upstream) return sinceMergeBase(request, upstream);
  return ok({
    ref: base.name,
    commit: head,
    reason: "what is not committed (on the base branch, which has no upstream)",
    upTo,
  });
}

function sinceMergeBase({ repository, head, upTo, env }: Request, base: NamedBase): Result<Selection, Diagnostic> {
  const commit = mergeBase(repository, head, base, env);
  return commit.ok
    ? ok({ ref: base.name, commit: commit.value, reason: `merge-base with ${base.name}`, upTo })
    : commit;
}

/** In CI a checkout often has no branch: a commit that the base branch holds already is on it. */
function sinceLeft(request: Request, base: BaseBranch): Result<Selection, Diagnostic> {
  const left = sinceMergeBase(request, base);
  return left.ok && left.value.commit === request.head ? sincePrevious(request, base) : left;
}

function sincePrevious(request: Request, base: BaseBranch): Result<Selection, Diagnostic> {
  const { repository, head, upTo, env } = request;
  const previous = previousCommit(repository, head, base.branch, env);
  if (!previous.ok) return previous;
  if (previous.value === null)
    return everything(repository, "first commit (on the base branch in CI): every file counts", base.name, upTo);
  const reason = "previous commit (on the base branch in CI)";
  return ok({ ref: base.name, commit: previous.value, reason, upTo, isMerged: true });
}

function everything(
  repository: Repository,
  reason: string,
  ref: string,
  upTo: string | null,
): Result<Selection, Diagnostic> {
  const tree = emptyTree(repository);
  return tree.ok ? ok({ ref, commit: tree.value, reason, upTo }) : tree;
}
