import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { lastLine, outputOf, runGit, type Environment } from "./git.ts";
import type { Repository } from "./repository.ts";

/** Trees are told of with what is in them: blobs that a commit lacks are known when its trees are here. */
const MOST_ROUNDS = 3;
/** Milliseconds for one fetch: a remote that does not answer is as one that cannot be reached. */
const LIMIT_MS = 300_000;

/** Has git fetch, all at once, what a partial clone lacks of the files of a commit; in any other clone nothing is asked. */
export function fetchMissing(repository: Repository, commit: string, env: Environment): Result<void, Diagnostic> {
  const remote = promisorOf(repository);
  if (remote === undefined) return ok(undefined);
  let lacking: readonly string[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const missing = missingObjects(repository, commit);
    if (!missing.ok) return missing;
    lacking = missing.value;
    if (lacking.length === 0) return ok(undefined);
    const failed = fetchObjects(repository, { remote, objects: lacking, env });
    if (failed !== undefined) return fail(unfetched(lacking.length, remote, failed));
  }
  return fail(unfetched(lacking.length, remote, "it does not have them"));
}

/** The remote that has promised what was not fetched. */
function promisorOf({ git }: Repository): string | undefined {
  const answer = git(["config", "--type=bool", "--get-regexp", String.raw`^remote\..*\.promisor$`]);
  if (!answer.ok || answer.value.exitCode !== 0) return undefined;
  const lines = answer.value.stdout.toString("utf8").split("\n");
  return lines.flatMap((line) => /^remote\.(.+)\.promisor true$/.exec(line)?.[1] ?? [])[0];
}

function missingObjects(repository: Repository, commit: string): Result<readonly string[], Diagnostic> {
  const args = ["rev-list", "--objects", "--no-walk", "--missing=print", commit];
  const listed = outputOf(args, repository.git(args));
  if (!listed.ok) return listed;
  const lines = listed.value.toString("latin1").split("\n");
  return ok(lines.flatMap((line) => (line.startsWith("?") ? [line.slice(1)] : [])));
}

/** Why it failed; undefined where it did not. */
function fetchObjects(
  { root }: Repository,
  { remote, objects, env }: { readonly remote: string; readonly objects: readonly string[]; readonly env: Environment },
): string | undefined {
  const quiet = ["--quiet", "--no-tags", "--no-write-fetch-head", "--recurse-submodules=no", "--no-auto-maintenance"];
  const answer = runGit(root, env, ["fetch", ...quiet, "--filter=blob:none", "--stdin", remote], {
    input: Buffer.from(`${objects.join("\n")}\n`),
    // What is asked for is no history: there is nothing that both sides could have.
    config: [["fetch.negotiationAlgorithm", "noop"]],
    timeoutMs: LIMIT_MS,
  });
  if (!answer.ok) return answer.error.message;
  return answer.value.exitCode === 0 ? undefined : lastLine(answer.value.stderr);
}

function unfetched(count: number, remote: string, why: string): Diagnostic {
  const what = count === 1 ? "1 object" : `${String(count)} objects`;
  return errorOf(
    "SYM7024",
    `this clone is partial, and ${what} of the base could not be fetched from ${remote}: ${why}`,
    {
      hint: `fetch all of it where ${remote} can be reached: \`git fetch --refetch --no-filter ${remote}\`, or clone without \`--filter\``,
    },
  );
}
