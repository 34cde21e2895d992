import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { PullRequest } from "../plugin/platform.ts";
import { passedVerification, type Verification } from "./passed-verification.ts";
import type { PlatformHost } from "./platform-host.ts";
import { pullsOf } from "./pulls-of.ts";
import { runOperation } from "./run-operation.ts";

/**
 * Makes a draft ready for review, if every check passed on the very commit that it shows now. One that is ready already stays as it
 * is. The pull request as it is afterwards.
 */
export async function markReady(
  host: PlatformHost,
  number: number,
  verification: Verification,
): Promise<Result<PullRequest, Diagnostic>> {
  const evidence = passedVerification(verification);
  if (!evidence.ok) return evidence;
  const pulls = pullsOf(host);
  if (!pulls.ok) return pulls;
  const before = await runOperation(host, pulls.value.view, { number });
  if (!before.ok) return fail(before.error.diagnostic);
  const problem = unfit(before.value, verification.commit);
  if (problem !== undefined) return fail(problem);
  if (!before.value.isDraft) return ok(before.value);
  const done = await runOperation(host, pulls.value.markReady, { number, evidence: evidence.value });
  // It may have been done although nothing was heard of it.
  const after = await runOperation(host, pulls.value.view, { number });
  if (after.ok && !after.value.isDraft) return ok(after.value);
  if (!done.ok) return fail(done.error.diagnostic);
  if (!after.ok) return fail(after.error.diagnostic);
  return fail(errorOf("SYM7412", `${after.value.url} is still a draft`, { hint: "look at it there" }));
}

function unfit({ url, state, commit }: PullRequest, verified: string): Diagnostic | undefined {
  if (state !== "open")
    return errorOf("SYM7414", `${url} is ${state}`, { hint: "open another one, if it is still wanted" });
  if (commit === verified) return undefined;
  return errorOf("SYM7415", `${url} shows ${commit}, and ${verified} is what was checked`, {
    hint: "push what was checked, or check what is there",
  });
}
