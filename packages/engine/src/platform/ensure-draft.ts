import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { DraftRequest, PullOperations, PullRequest } from "../plugin/platform.ts";
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
  const before = await pullOf(host, pulls.value, request.branch);
  if (!before.ok) return before;
  if (before.value !== undefined) return ok(foundAs(before.value, "found"));
  const created = await runOperation(host, pulls.value.create, request);
  if (!created.ok && !mayBeThere(created.error)) return fail(created.error.diagnostic);
  const after = await pullOf(host, pulls.value, request.branch);
  if (!after.ok) return fail(created.ok ? after.error : created.error.diagnostic);
  if (after.value !== undefined) return checked(foundAs(after.value, created.ok ? "created" : "found"));
  return fail(created.ok ? lost(created.value.url) : created.error.diagnostic);
}

/** Whether a pull request may have been opened all the same. */
function mayBeThere({ kind }: OperationProblem): boolean {
  return kind === "exists" || kind === "unavailable" || kind === "timeout" || kind === "unreadable";
}

function foundAs(pull: PullRequest, as: "created" | "found"): EnsuredDraft {
  return { as: pull.state === "open" ? as : pull.state, pull };
}

function checked(ensured: EnsuredDraft): Result<EnsuredDraft, Diagnostic> {
  const { as, pull } = ensured;
  if (as !== "created" || pull.isDraft) return ok(ensured);
  return fail(errorOf("SYM7412", `${pull.url} was opened, but not as a draft`, { hint: "make it one there" }));
}

/** The open one of a branch, else the last one; nothing where there was none. */
async function pullOf(
  host: PlatformHost,
  pulls: PullOperations,
  branch: string,
): Promise<Result<PullRequest | undefined, Diagnostic>> {
  const found = await runOperation(host, pulls.find, { branch });
  if (!found.ok) return fail(found.error.diagnostic);
  const open = found.value.filter(({ state }) => state === "open");
  if (open.length > 1) return fail(several(branch, open));
  return ok(open[0] ?? found.value.toSorted((a, b) => b.number - a.number)[0]);
}

function several(branch: string, open: readonly PullRequest[]): Diagnostic {
  return errorOf("SYM7413", `${branch} has ${String(open.length)} open pull requests`, {
    hint: "close all but one",
    notes: open.map(({ url, base }) => `${url} into ${base}`),
  });
}

function lost(url: string): Diagnostic {
  return errorOf("SYM7411", `${url} was opened, and is not among the pull requests of its branch`, {
    hint: "look at it there: no other one was opened",
  });
}
