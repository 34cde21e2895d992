import type { Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import type { Result } from "../../core/result.ts";
import { ok } from "../../core/result.ts";
import type { Step, Steps } from "./change-steps.ts";
import { addStep } from "./change-steps.ts";
import type { Environment } from "./git.ts";
import { askGitAside } from "./git-aside.ts";
import { isOwnFile } from "./own-files.ts";
import { records } from "./records.ts";
import { withoutLocalFilters } from "./local-filters.ts";
import type { Repository } from "./repository.ts";
import { gitOutput } from "./repository.ts";

/** Only equal contents make a rename: to compare contents would read them all, from a remote in a partial clone. */
const RENAMES = "--find-renames=100%";
const SUBMODULES = "--ignore-submodules=dirty";
const STATUS = ["status", "--porcelain=v2", "-z", "--untracked-files=all", "--no-ahead-behind", RENAMES, SUBMODULES];
const ABSENT = "000000";

/** What differs between two commits (or trees); nothing before the first commit. */
export function committedStep(repository: Repository, from: string, to: string | null): Result<Steps, Diagnostic> {
  const steps = new Map<RepoPath, Step>();
  if (to === null || from === to) return ok(steps);
  const answer = gitOutput(repository, ["diff-tree", "-r", "-z", "--name-status", RENAMES, SUBMODULES, from, to]);
  if (!answer.ok) return answer;
  const parts = records(answer.value).values();
  for (const status of parts) {
    const path = next(parts);
    if (status.startsWith("R")) addRename(steps, path, next(parts), true);
    else add(steps, path, { before: status !== "A", after: status !== "D" });
  }
  return ok(steps);
}

/** Asks git beside other work what is not committed, for `uncommittedStep`; gives nothing where that fails. */
export function askUncommitted(repository: Repository, environment: Environment): Promise<Buffer | undefined> {
  const config = withoutLocalFilters(repository);
  if (!config.ok) return Promise.resolve(undefined);
  return askGitAside(repository.root, environment, STATUS, { config: config.value, isLong: true });
}

/** What differs between HEAD and the work tree: staged, unstaged and untracked. `told`: what git has answered already. */
export function uncommittedStep(repository: Repository, told?: Buffer): Result<Steps, Diagnostic> {
  const answer = told === undefined ? askStatus(repository) : ok(told);
  if (!answer.ok) return answer;
  const steps = new Map<RepoPath, Step>();
  for (const line of statusLines(answer.value)) takeStatus(steps, line);
  return ok(steps);
}

/** Names that are not as the index has them. */
export interface Names {
  /** There, and neither in the index nor ignored. */
  readonly untracked: readonly RepoPath[];
  /** In the index, and not there. */
  readonly gone: readonly RepoPath[];
}

/** What git told of names when `askUncommitted` asked it. */
export function namesIn(told: Buffer): Names {
  const untracked: RepoPath[] = [];
  const gone: RepoPath[] = [];
  for (const { kind, path, inIndex, inTree } of statusLines(told)) {
    if (kind === "?") untracked.push(path);
    else if (inIndex && !inTree) gone.push(path);
  }
  return { untracked, gone };
}

function askStatus(repository: Repository): Result<Buffer, Diagnostic> {
  const config = withoutLocalFilters(repository);
  return config.ok ? gitOutput(repository, STATUS, { config: config.value }) : config;
}

/** What a line of git's status says of a path. */
interface StatusLine {
  readonly kind: "1" | "2" | "u" | "?";
  readonly path: RepoPath;
  /** Where it was, for a renamed one. */
  readonly from?: RepoPath;
  /** Whether it is in the commit, of a conflict in ours; in the index; in the work tree. */
  readonly inCommit: boolean;
  readonly inIndex: boolean;
  readonly inTree: boolean;
}

/**
 * The lines of status v2: `1 XY sub mHEAD mIndex mTree id id path`, `2 ... id id score path` with the old path after it,
 * `u XY sub m1 m2 m3 mTree id id id path` of a conflict, where 2 is ours, `? path`. No folders, none of the engine's own files.
 */
function* statusLines(told: Buffer): Generator<StatusLine> {
  const parts = records(told).values();
  for (const line of parts) {
    const fields = line.split(" ");
    const [kind, , , first, second, third, fourth] = fields;
    const modes = { inCommit: first !== ABSENT, inIndex: second !== ABSENT, inTree: third !== ABSENT };
    if (kind === "1") yield { kind, path: rest(fields, 8), ...modes };
    else if (kind === "2") yield { kind, path: rest(fields, 9), from: next(parts), ...modes };
    else if (kind === "u")
      yield { kind, path: rest(fields, 10), inCommit: second !== ABSENT, inIndex: true, inTree: fourth !== ABSENT };
    else if (kind === "?" && !line.endsWith("/") && !isOwnFile(rest(fields, 1), false))
      yield { kind, path: rest(fields, 1), inCommit: false, inIndex: false, inTree: true };
  }
}

function takeStatus(steps: Map<RepoPath, Step>, { path, from, inCommit, inTree }: StatusLine): void {
  if (from === undefined) add(steps, path, { before: inCommit, after: inTree });
  else addRename(steps, from, path, inTree);
}

function addRename(steps: Map<RepoPath, Step>, from: RepoPath, path: RepoPath, after: boolean): void {
  add(steps, from, { before: true, after: false });
  add(steps, path, { before: false, after, from });
}

function add(steps: Map<RepoPath, Step>, path: RepoPath, step: Step): void {
  if (!isOwnFile(path, true)) addStep(steps, path, step);
}

/** A path may hold spaces itself. */
function rest(fields: readonly string[], from: number): string {
  return fields.slice(from).join(" ");
}

function next(parts: Iterator<string, undefined>): string {
  return parts.next().value ?? "";
}
