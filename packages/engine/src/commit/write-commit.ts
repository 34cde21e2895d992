import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Repository } from "../workspace/git/repository.ts";
import type { CommitRequest } from "./commit-request.ts";
import { identityVariables, NOBODY_MADE_UP } from "./identity.ts";
import { runGitBounded, saidBy } from "./run-git.ts";

/** Writes the commit, which no branch has yet. It is signed where the user's settings say so. */
export async function writeCommit(
  request: CommitRequest,
  repository: Repository,
  { tree, message }: { readonly tree: string; readonly message: string },
): Promise<Result<string, Diagnostic>> {
  const parent = repository.head === null ? [] : ["-p", repository.head];
  const sign = isSigned(repository) ? ["-S"] : [];
  const ended = await runGitBounded(request, {
    cwd: repository.root,
    args: ["commit-tree", ...sign, ...parent, "-F", "-", tree],
    stdin: message.endsWith("\n") ? message : `${message}\n`,
    config: [NOBODY_MADE_UP],
    variables: identityVariables(request.environment),
  });
  const commit = ended.stdout.trim();
  if (ended.how === "ended" && ended.exitCode === 0 && commit !== "") return ok(commit);
  const what = sign.length === 0 ? "written" : "written and signed";
  return fail(
    errorOf("SYM7314", `the commit could not be ${what}`, {
      hint: sign.length === 0 ? "git says why" : "sign one yourself to see why, or unset commit.gpgSign here",
      notes: saidBy(ended).map((line) => request.redactor.text(line)),
    }),
  );
}

function isSigned({ git }: Repository): boolean {
  const answer = git(["config", "--type=bool", "--get", "commit.gpgSign"]);
  return answer.ok && answer.value.stdout.toString("utf8").trim() === "true";
}
