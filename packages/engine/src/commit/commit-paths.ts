import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { byCodeUnit } from "../core/json.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Repository } from "../workspace/git/repository.ts";
import { checkPaths, type CheckedPaths } from "./check-paths.ts";
import type { Commit, CommitRequest } from "./commit-request.ts";
import { checkIdentity } from "./identity.ts";
import { judgeMessage } from "./judge-commit.ts";
import { judgeStaged, unfitPaths } from "./judge-staged.ts";
import { moveBranch } from "./move-branch.ts";
import { openScene } from "./open-scene.ts";
import { runHooks, runPostCommit } from "./run-hooks.ts";
import { stagePaths, type Stage } from "./stage-paths.ts";
import { writeCommit } from "./write-commit.ts";

type Refused = readonly Diagnostic[];

/**
 * Commits exactly these files, as they are in the work tree, to the branch that is checked out there. What else is staged or
 * changed stays as it is. Nothing is committed, and no object written, if anything is wrong with any of them: all of it is said.
 */
export async function commitPaths(request: CommitRequest): Promise<Result<Commit, Refused>> {
  const scene = openScene(request);
  if (!scene.ok) return fail([scene.error]);
  const folder = mkdtempSync(join(tmpdir(), "symbiotic-commit-"));
  try {
    return await commitIn(request, scene.value, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function commitIn(
  request: CommitRequest,
  repository: Repository,
  folder: string,
): Promise<Result<Commit, Refused>> {
  const checked = checkPaths(repository.root, request.paths);
  const judged = judge(
    request,
    { repository, folder: join(folder, "judged"), objects: join(folder, "objects") },
    checked,
  );
  if (!judged.ok) return judged;
  const stage: Stage = { repository, folder: join(folder, "stage") };
  const staged = stagePaths(stage, checked);
  if (!staged.ok) return fail([staged.error]);
  if (staged.value !== judged.value) return fail([changedMeanwhile()]);
  const message = request.hooks === "run" ? await runHooks(request, stage, judged.value) : ok(request.message);
  if (!message.ok) return fail([message.error]);
  const unfit = judgeMessage(message.value, request.redactor);
  if (unfit.length > 0) return fail(unfit);
  return write(request, { repository, folder: join(folder, "index") }, { tree: judged.value, message: message.value });
}

/** The tree that may be committed. */
function judge(request: CommitRequest, stage: Stage, checked: CheckedPaths): Result<string, Refused> {
  const { repository } = stage;
  const known = checkIdentity(repository, request.environment);
  if (!known.ok) return fail([known.error]);
  const unfit = unfitPaths(repository, checked);
  if (!unfit.ok) return fail([unfit.error]);
  const told = new Set(unfit.value.map(({ location }) => location?.file));
  const rest = (paths: readonly string[]): readonly string[] => paths.filter((path) => !told.has(path));
  const staged = judgeStaged(stage, { present: rest(checked.present), absent: rest(checked.absent) }, request);
  if (!staged.ok) return fail([...checked.problems, ...unfit.value, staged.error]);
  const nothing = request.paths.length === 0 ? [noPaths()] : [];
  const about = [...checked.problems, ...unfit.value, ...staged.value.problems].toSorted(inOrder);
  const problems = [...nothing, ...judgeMessage(request.message, request.redactor), ...about];
  return problems.length === 0 ? ok(staged.value.tree) : fail(problems);
}

async function write(
  request: CommitRequest,
  stage: Stage,
  { tree, message }: { readonly tree: string; readonly message: string },
): Promise<Result<Commit, Refused>> {
  const { repository, folder } = stage;
  const { branch, paths } = request;
  const written = await writeCommit(request, repository, { tree, message });
  if (!written.ok) return fail([written.error]);
  const [subject = ""] = message.trimStart().split("\n");
  const moved = moveBranch(repository, folder, { commit: written.value, branch, subject });
  if (!moved.ok) return fail([moved.error]);
  if (request.hooks === "run") await runPostCommit(request, repository);
  const sorted = [...new Set(paths)].sort(byCodeUnit);
  return ok({ commit: written.value, parent: repository.head, tree, branch, paths: sorted });
}

function inOrder(a: Diagnostic, b: Diagnostic): number {
  return (
    byCodeUnit(a.location?.file ?? "", b.location?.file ?? "") ||
    (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
    byCodeUnit(a.code, b.code)
  );
}

function noPaths(): Diagnostic {
  return errorOf("SYM7303", "no file is named to commit", { hint: "name each by its path" });
}

function changedMeanwhile(): Diagnostic {
  return errorOf("SYM7312", "a file changed while it was being committed: nothing was", {
    hint: "wait until nothing writes to the work tree, and try again",
  });
}
