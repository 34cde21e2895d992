import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import { isOwnFile } from "../workspace/git/own-files.ts";
import type { PhaseFacts } from "./phase-facts.ts";

/** What the journal says of a worktree before a phase begins. */
export interface ExpectedPhase {
  readonly branch: string;
  /** The commit that the last phase left. */
  readonly head: string;
  /** Files that the loop itself wrote and has not committed yet; by default none. */
  readonly applied?: readonly RepoPath[];
}

const MOST_NAMED = 10;

/** All that speaks against beginning a phase; nothing where it may begin. Pure. */
export function checkPhase(facts: PhaseFacts, expected: ExpectedPhase): readonly Diagnostic[] {
  if (!facts.isThere) return [facts.problem];
  const { status, operation, indexLock, path } = facts;
  const conflicts = new Set(status.conflicts);
  const foreign = [
    ...status.changed.filter((each) => !conflicts.has(each) && !isOwnFile(each, true)),
    ...status.untracked.filter((each) => !isOwnFile(each, false)),
  ].filter((each) => !isApplied(each, expected));
  return [
    ...problem(status.branch === expected.branch ? [] : [status.branch ?? "no branch"], {
      ...{ code: "SYM7631", path, what: `is not on the branch ${expected.branch}` },
      hint: `\`git switch ${expected.branch}\` in it`,
    }),
    ...problem(operation === undefined ? [] : [operation], {
      ...{ code: "SYM7633", path, what: "is in the middle of something" },
      hint: "finish or abort it there",
    }),
    ...problem(status.conflicts, {
      ...{ code: "SYM7636", path, what: "has conflicts" },
      hint: "solve them there, or abort what led to them",
    }),
    ...problem(foreign, {
      ...{ code: "SYM7632", path, what: "holds changes that the loop did not make" },
      hint: "commit them, or take them out: each phase begins with what the last one left",
    }),
    ...problem(status.head === expected.head ? [] : [status.head ?? "no commit"], {
      ...{ code: "SYM7634", path, what: `is not at the commit ${expected.head} that the last phase left` },
      hint: `look at \`git log ${expected.head}..\` in it; \`git reset --keep ${expected.head}\` goes back`,
    }),
    ...problem(indexLock === undefined ? [] : [indexLock], {
      ...{ code: "SYM7635", path, what: "is locked by a git that is at work or was killed" },
      hint: "wait for its end; where no git runs there, remove that file",
    }),
  ];
}

function isApplied(path: RepoPath, { applied = [] }: ExpectedPhase): boolean {
  return applied.includes(path);
}

function problem(
  found: readonly string[],
  {
    code,
    path,
    what,
    hint,
  }: { readonly code: string; readonly path: string; readonly what: string; readonly hint: string },
): readonly Diagnostic[] {
  if (found.length === 0) return [];
  const more = found.length > MOST_NAMED ? [`and ${String(found.length - MOST_NAMED)} more`] : [];
  return [
    errorOf(code, `the worktree ${path} ${what}`, {
      ...{ location: { file: path }, hint },
      notes: [...found.slice(0, MOST_NAMED), ...more],
    }),
  ];
}
