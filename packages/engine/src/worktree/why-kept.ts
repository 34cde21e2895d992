import { warningOf, type Diagnostic } from "../core/diagnostic.ts";
import { isInside, type RepoPath } from "../core/path.ts";
import { matcher } from "../workspace/match.ts";
import type { RemovalFacts } from "./removal-facts.ts";

/** What a removal may be told. */
export interface RemovalOptions {
  /** Globs of ignored files that may go, beside dependencies and caches of tools; `**` lets all go. */
  readonly disposable?: readonly string[];
}

/** Installed or made by tools from what is committed, and made again by them. */
const MADE_AGAIN = [
  ...["node_modules", ".venv", ".yarn", ".pnp.*", ".pnpm-store", "*.egg-info", ".eggs"],
  ...["__pycache__", "*.pyc", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".tox", ".nox", ".cache"],
  ...[".coverage", ".coverage.*", "coverage", "htmlcov", "*.tsbuildinfo", ".eslintcache", ".turbo", ".symbiotic"],
].flatMap((name) => [`**/${name}`, `**/${name}/**`]);
const MOST_NAMED = 10;

/** Why a worktree is not to be removed, each reason by itself; none where it may go. Pure. */
export function whyKept(path: string, facts: RemovalFacts, options: RemovalOptions = {}): readonly Diagnostic[] {
  const { status } = facts;
  return [
    ...reason("SYM7620", [...status.changed, ...status.untracked], "holds changes that are not committed", {
      path,
      hint: "commit what you need, and discard the rest",
    }),
    ...reason("SYM7621", commitsOf(facts), "holds commits that no branch and no remote has", {
      path,
      hint: "give them a branch with `git branch <name> <commit>`",
    }),
    ...reason("SYM7622", facts.locked === null ? [] : [facts.locked], "is locked", {
      path,
      hint: `if it may go: git worktree unlock '${path}'`,
    }),
    ...reason("SYM7623", doingOf(facts), "is in the middle of something", { path, hint: "finish or abort it" }),
    ...reason("SYM7624", keptIgnored(facts, options), "holds ignored files that no tool makes again", {
      path,
      hint: "keep what you need elsewhere; files that may go are named when it is removed",
    }),
    ...reason("SYM7625", facts.hidden, "holds files that git was told not to look at", {
      path,
      hint: "`git update-index --no-assume-unchanged --no-skip-worktree <file>` shows whether they were changed",
    }),
    ...reason("SYM7626", facts.submodules, "holds repositories of submodules", {
      path,
      hint: "push what is committed there, then `git submodule deinit --all` and `git worktree remove --force`",
    }),
  ];
}

/** Of the ignored files those that nobody makes again, and that are not said to be disposable. */
function keptIgnored({ status }: RemovalFacts, { disposable = [] }: RemovalOptions): readonly RepoPath[] {
  const mayGo = matcher([...MADE_AGAIN, ...disposable]);
  return status.ignored.filter((path) => !mayGo(path) && !isInside(".symbiotic", path));
}

function commitsOf({ status, unheld }: RemovalFacts): readonly string[] {
  return status.head === null ? ["HEAD names no commit"] : unheld;
}

function doingOf({ operation, indexLock, isApplying }: RemovalFacts): readonly string[] {
  return [operation, indexLock, isApplying ? "a change that is half applied" : undefined].filter(
    (each) => each !== undefined,
  );
}

function reason(
  code: string,
  notes: readonly string[],
  what: string,
  { path, hint }: { readonly path: string; readonly hint: string },
): readonly Diagnostic[] {
  if (notes.length === 0) return [];
  const more = notes.length > MOST_NAMED ? [`and ${String(notes.length - MOST_NAMED)} more`] : [];
  return [
    warningOf(code, `the worktree ${path} is kept: it ${what}`, {
      ...{ location: { file: path }, hint },
      notes: [...notes.slice(0, MOST_NAMED), ...more],
    }),
  ];
}
