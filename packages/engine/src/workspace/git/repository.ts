import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { errorOf } from "../../core/diagnostic.ts";
import type { Result } from "../../core/result.ts";
import { fail, ok } from "../../core/result.ts";
import type { Environment, GitAnswer, GitOptions } from "./git.ts";
import { lastLine, outputOf, runGit } from "./git.ts";
import { readRepository, type RepositoryFacts } from "./read-repository.ts";

/** A work tree and its git, as they were when it was opened. */
export interface Repository extends RepositoryFacts {
  /** Runs git in the root, under the rules of `runGit`. */
  readonly git: (args: readonly string[], options?: GitOptions) => Result<GitAnswer, Diagnostic>;
}

const PATHS = ["--absolute-git-dir", "--git-common-dir", "--show-toplevel"];
const QUESTIONS = [
  "--is-bare-repository",
  "--is-inside-work-tree",
  "--is-shallow-repository",
  ...PATHS,
  "HEAD",
  "--symbolic-full-name",
  "HEAD",
];
const COMMIT = /^[0-9a-f]{40,64}$/;
const BRANCHES = "refs/heads/";

/** The repository whose work tree holds the folder `cwd`. */
export function openRepository(cwd: string, env: Environment): Result<Repository, Diagnostic> {
  const read = readRepository(cwd);
  return read === undefined
    ? openByGit(cwd, env)
    : ok({ ...read, git: (args, options) => runGit(read.root, env, args, options) });
}

/** The same, as git itself tells it. */
export function openByGit(cwd: string, env: Environment): Result<Repository, Diagnostic> {
  const answer = runGit(cwd, env, ["rev-parse", ...QUESTIONS]);
  if (!answer.ok) return answer;
  const lines = answer.value.stdout.toString("utf8").split("\n");
  const [bare, inside, shallow] = lines;
  if (inside === undefined || inside === "") return fail(refusal(cwd, answer.value.stderr));
  if (inside !== "true") return fail(noWorkTree(cwd, bare === "true"));
  const paths = readPaths(cwd, env, lines);
  if (!paths.ok) return paths;
  const { root, ...directories } = paths.value;
  const git: Repository["git"] = (args, options) => runGit(root, env, args, options);
  const head = headOf(git, lines);
  return head.ok ? ok({ root, ...directories, ...head.value, shallow: shallow === "true", git }) : head;
}

/** What git printed in the root; any exit code but 0 is an error. */
export function gitOutput(
  repository: Pick<Repository, "git">,
  args: readonly string[],
  options?: GitOptions,
): Result<Buffer, Diagnostic> {
  return outputOf(args, repository.git(args, options));
}

function readPaths(
  cwd: string,
  env: Environment,
  lines: readonly string[],
): Result<Pick<Repository, "root" | "gitDir" | "commonDir">, Diagnostic> {
  let found = lines.slice(3, 6);
  // A path with a line break in it needs an answer of its own.
  if (lines.length > QUESTIONS.length) {
    found = [];
    for (const question of PATHS) {
      const answer = outputOf(["rev-parse"], runGit(cwd, env, ["rev-parse", question]));
      if (!answer.ok) return answer;
      found.push(answer.value.toString("utf8").replace(/\n$/, ""));
    }
  }
  const [gitDir = "", commonDir = "", top = ""] = found;
  try {
    // Git's relative paths begin where it stands, which a link may lead to.
    const here = realpathSync.native(cwd);
    const [root, ownDir, sharedDir] = [top, resolve(here, gitDir), resolve(here, commonDir)].map((path) =>
      realpathSync.native(path),
    );
    return ok({ root: root ?? top, gitDir: ownDir ?? gitDir, commonDir: sharedDir ?? commonDir });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail(
      errorOf("SYM7006", `the repository's root cannot be used: ${reason}`, {
        hint: "move it to a folder whose path is valid UTF-8 and that you may read",
      }),
    );
  }
}

function headOf(
  git: Repository["git"],
  lines: readonly string[],
): Result<Pick<Repository, "head" | "branch">, Diagnostic> {
  const [head = "", name = ""] = lines.slice(-3);
  if (COMMIT.test(head)) return ok({ head, branch: name.startsWith(BRANCHES) ? name.slice(BRANCHES.length) : null });
  const answer = git(["symbolic-ref", "--quiet", "HEAD"]);
  if (!answer.ok) return answer;
  const unborn = answer.value.stdout.toString("utf8").trimEnd();
  return ok({ head: null, branch: unborn.startsWith(BRANCHES) ? unborn.slice(BRANCHES.length) : null });
}

/** Why git would not open a repository here, by what it wrote. */
export function refusal(cwd: string, stderr: string): Diagnostic {
  const owned = /dubious ownership in repository at '([^'\n]+)'|unsafe repository \('([^'\n]+)'/.exec(stderr);
  if (owned) return foreign(owned[1] ?? owned[2] ?? cwd);
  const reason = lastLine(stderr);
  if (/not a git repository/.test(stderr)) {
    return errorOf("SYM7002", `${cwd} is not in a git repository`, {
      hint: "run `git init` in the root of the project, or start in a repository",
      notes: [reason],
    });
  }
  return errorOf("SYM7005", `git could not open a repository in ${cwd}: ${reason}`, {
    hint: "run `git status` there to see more",
  });
}

function foreign(path: string): Diagnostic {
  return errorOf("SYM7004", `git refuses ${path}: it belongs to another user`, {
    hint: `if you trust it: git config --global --add safe.directory '${path}'`,
  });
}

function noWorkTree(cwd: string, bare: boolean): Diagnostic {
  const what = bare ? "is in a bare repository: it has no files to work on" : "is inside a git directory";
  return errorOf("SYM7003", `${cwd} ${what}`, {
    hint: bare ? "start in a clone or a work tree of it" : "start in the work tree",
  });
}
