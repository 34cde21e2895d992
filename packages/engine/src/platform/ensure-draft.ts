import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { DraftRequest, PullRequest } from "../plugin/platform.ts";
import { findPull, lostPull } from "./find-pull.ts";
import type { PlatformHost } from "./platform-host.ts";
import { pullsOf } from "./pulls-of.ts";
import { runOperation, type OperationProblem } from "./run-operation.ts";

/** The one pull request of a branch. `closed` and `merged`: there was one, somebody has decided on it, and no other is opened. */
export interface EnsuredDraft {
  readonly as: "created" | "found" | "closed" | "merged";
  readonly pull: PullRequest;
}

/**
 * Sees to it that a branch has exactly one pull request: finds the one that it has, or opens a draft. Nothing is opened where it is
 * not certain that there is none; what was opened although nothing was heard of it is found.
 */
export async function ensureDraft(
  host: PlatformHost,
  request: DraftRequest,
): Promise<Result<EnsuredDraft, Diagnostic>> {
  const pulls = pullsOf(host);
  if (!pulls.ok) return pulls;
  const before = await findPull(host, request.branch);
  if (!before.ok) return before;
  if (before.value !== undefined) return ok(foundAs(before.value, "found"));
  const created = await runOperation(host, pulls.value.create, request);
  if (!created.ok && !mayBeThere(created.error)) return fail(created.error.diagnostic);
  const after = await findPull(host, request.branch);
  if (!after.ok) return fail(created.ok ? after.error : created.error.diagnostic);
  if (after.value !== undefined) return checked(foundAs(after.value, created.ok ? "created" : "found"));
  return fail(created.ok ? lostPull(created.value.url) : created.error.diagnostic);
}

/** Whether a pull request may have been opened all the same. */
function mayBeThere({ kind }: OperationProblem): boolean {
  return kind === "exists" || kind === "unavailable" || kind === "timeout" || kind === "unreadable";
}

/** How a pull request was come by: one that is no longer open is what somebody has decided. */
export function foundAs(pull: PullRequest, as: "created" | "found"): EnsuredDraft {
  return { as: pull.state === "open" ? as : pull.state, pull };
}

function checked(ensured: EnsuredDraft): Result<EnsuredDraft, Diagnostic> {
  const { as, pull } = ensured;
  if (as !== "created" || pull.isDraft) return ok(ensured);
  return fail(errorOf("SYM7412", `${pull.url} was opened, but not as a draft`, { hint: "make it one there" }));
}
