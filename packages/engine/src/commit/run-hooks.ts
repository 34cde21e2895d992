import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Repository } from "../workspace/git/repository.ts";
import type { CommitRequest } from "./commit-request.ts";
import { identityVariables } from "./identity.ts";
import { runGitBounded, saidBy } from "./run-git.ts";
import { stagedTree, type Stage } from "./stage-paths.ts";

/** Runs the hooks that may refuse a commit, over what is staged for it. Gives the message, which they may change; the files they may not. */
export async function runHooks(
  request: CommitRequest,
  stage: Stage,
  tree: string,
): Promise<Result<string, Diagnostic>> {
  const file = join(stage.folder, "COMMIT_EDITMSG");
  writeFileSync(file, `${request.message.trimEnd()}\n`, { mode: 0o600 });
  const hooks: readonly (readonly [string, ...string[]])[] = [
    ["pre-commit"],
    ["prepare-commit-msg", file, "message"],
    ["commit-msg", file],
  ];
  for (const [name, ...args] of hooks) {
    const ran = await runHook(request, stage, [name, ...args]);
    if (!ran.ok) return ran;
  }
  const now = stagedTree(stage);
  if (!now.ok) return now;
  return now.value === tree ? ok(readFileSync(file, "utf8")) : fail(changedFiles());
}

/** Runs one hook; where there is none, nothing. */
export async function runHook(
  request: CommitRequest,
  { repository, folder }: Pick<Stage, "repository" | "folder">,
  [name, ...args]: readonly [string, ...string[]],
): Promise<Result<void, Diagnostic>> {
  const ended = await runGitBounded(request, {
    cwd: repository.root,
    args: ["hook", "run", "--ignore-missing", name, ...(args.length === 0 ? [] : ["--", ...args])],
    hooks: true,
    // As `git commit` has it: a hook that asks for an editor would wait for ever.
    variables: {
      ...identityVariables(request.environment),
      GIT_INDEX_FILE: join(folder, "index"),
      GIT_EDITOR: ":",
    },
  });
  if (ended.how === "ended" && ended.exitCode === 0) return ok(undefined);
  const notes = saidBy(ended).map((line) => request.redactor.text(line));
  if (/is not a git command/.test(ended.stderr))
    return fail(
      errorOf("SYM7311", `the hook ${name} cannot be run`, {
        hint: "install git 2.36 or newer, or do not ask for hooks",
        notes,
      }),
    );
  return fail(
    errorOf("SYM7311", `the hook ${name} refused the commit`, {
      hint: "mend what it says, or do not ask for hooks",
      notes,
    }),
  );
}

function changedFiles(): Diagnostic {
  return errorOf("SYM7311", "a hook changed which files, or what of them, would be committed", {
    hint: "run it before the commit, and commit what it made",
  });
}

/** Runs what comes after a commit, whose end changes nothing any more. */
export async function runPostCommit(request: CommitRequest, repository: Repository): Promise<void> {
  await runHook(request, { repository, folder: repository.gitDir }, ["post-commit"]);
}
