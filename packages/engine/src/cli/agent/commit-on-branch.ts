import { commitPaths } from "../../commit/commit-paths.ts";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { createProcessGroups } from "../../execute/process-groups.ts";
import { lastLine } from "../../workspace/git/git.ts";
import type { Repository } from "../../workspace/git/repository.ts";
import { costOf } from "./agent-output.ts";
import type { AskedEdit, CallTools } from "./ask-agent.ts";
import type { Asked } from "./asked.ts";
import { callRedactor } from "./edit-request.ts";

/** Why a branch of this name cannot be made; undefined where it can. Asked before an agent is paid for. */
export function branchProblem({ git, head }: Repository, branch: string): Diagnostic | undefined {
  const hint = "name another one";
  if (head === null)
    return errorOf("SYM5116", "there is no commit yet from which a branch could begin", {
      hint: "make the first commit",
    });
  const named = git(["check-ref-format", "--branch", branch]);
  if (!named.ok || named.value.exitCode !== 0)
    return errorOf("SYM5116", `\`${branch}\` is no name of a branch`, { hint });
  const known = git(["rev-parse", "--verify", "--quiet", "--end-of-options", `refs/heads/${branch}`]);
  if (known.ok && known.value.exitCode !== 0) return undefined;
  return errorOf("SYM5116", `there is a branch \`${branch}\` already`, { hint });
}

/**
 * Makes a branch where HEAD is, checks it out and commits there what an agent changed, and nothing else, with what made it as trailers. The
 * user's other changes stay as they are. Gives the commit.
 */
export async function commitOnBranch(
  branch: string,
  { asked, edited }: { readonly asked: Asked; readonly edited: AskedEdit },
  { opened: { repository }, context }: CallTools,
): Promise<Result<string, readonly Diagnostic[]>> {
  const switched = repository.git(["switch", "--quiet", "--no-track", "--create", branch]);
  if (!switched.ok) return fail([switched.error]);
  if (switched.value.exitCode !== 0)
    return fail([errorOf("SYM5116", `the branch \`${branch}\` was not made: ${lastLine(switched.value.stderr)}`)]);
  const redactor = callRedactor(context);
  const groups = createProcessGroups();
  try {
    const paths = edited.result.files.map(({ path }) => path);
    const message = redactor.text(messageOf(asked, edited));
    const environment = context.environment.variables;
    const { signal } = context;
    const done = await commitPaths({
      root: repository.root,
      branch,
      paths,
      message,
      environment,
      redactor,
      groups,
      signal,
    });
    return done.ok ? ok(done.value.commit) : done;
  } finally {
    groups.close();
  }
}

function messageOf({ task }: Asked, { name, version, result, log }: AskedEdit): string {
  const [first = ""] = task.trim().split("\n");
  const { agent, manifest } = result;
  const trailers = [
    `Agent: ${[name, version].filter((part) => part !== undefined).join(" ")}`,
    ...(agent.session === undefined ? [] : [`Agent-Session: ${agent.session}`]),
    ...costOf(agent).map((cost) => `Agent-Cost: ${cost}`),
    `Agent-Log: ${log}`,
  ];
  const body = manifest === undefined ? [] : ["", manifest.plan.trim()];
  return [first.length > 72 ? `${first.slice(0, 71)}…` : first, ...body, "", ...trailers].join("\n");
}
