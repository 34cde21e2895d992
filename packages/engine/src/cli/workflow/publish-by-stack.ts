import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { foundAs } from "../../platform/ensure-draft.ts";
import { ensureStanding } from "../../platform/ensure-standing.ts";
import { findPull, lostPull } from "../../platform/find-pull.ts";
import { markReady } from "../../platform/mark-ready.ts";
import type { PlatformHost } from "../../platform/platform-host.ts";
import { publishStack, pullOfStack, submitStack, type StackRules } from "../../platform/stack.ts";
import { updatePull } from "../../platform/update-pull.ts";
import type { PullRequest, SubmittedPull } from "../../plugin/platform.ts";
import type { Publish } from "../../plugin/workflow.ts";
import type { Publishers } from "./platforms-for.ts";
import { isDecided, type Published, type Publisher } from "./publisher.ts";
import type { UsedTree } from "./trees.ts";

/** A stack that a branch is published in: who keeps it, who has its pull requests, and whose branches there are. */
export interface Stack extends Pick<Publishers, "pulls"> {
  readonly stack: PlatformHost;
  readonly rules: StackRules;
  /** Told what a person may want to see. */
  readonly line: (text: string) => void;
}

/** All branches below are pushed, too. */
const SUBMIT_MS = 180_000;

/** Puts a branch on the one that it stands on in a stack, and submits it with those below. What somebody has decided on is left alone. */
export function publishByStack(work: Publish, tree: Pick<UsedTree, "branch" | "head">, place: Stack): Publisher {
  const { stack, pulls, rules } = place;
  return {
    bring: () => submittedDraft(work, tree, place),
    // A stack makes ready all that the branch stands on: a person has to approve that, and not where it is one pull request.
    makeReady: ({ number }, verification) =>
      pulls === undefined || number === null
        ? publishStack({ ...stack, timeoutMs: SUBMIT_MS }, tree.branch, { ...rules, verification })
        : markReady(pulls, number, verification),
  };
}

async function submittedDraft(
  work: Publish,
  { branch, head: commit }: Pick<UsedTree, "branch" | "head">,
  place: Stack,
): Promise<Result<Published, Diagnostic>> {
  const { stack, pulls } = place;
  const before = pulls === undefined ? ok(undefined) : await findPull(pulls, branch);
  if (!before.ok) return before;
  if (before.value !== undefined && before.value.state !== "open") return ok(publishedPull(before.value, commit));
  const submitted = await submittedAs(work, branch, place);
  if (!submitted.ok) return submitted;
  const { as, url } = submitted.value;
  const own = await pullOfStack(stack, branch);
  if (!own.ok) return own;
  const known = { as, commit, url: own.value?.url ?? url, number: own.value?.number ?? null };
  return pulls === undefined || isDecided(known) ? ok(known) : named(work, known, { pulls, branch });
}

/** Where another platform has the pull requests, it gives title and text, which a stack makes of the oldest commit. */
async function named(
  { title, body }: Publish,
  { as, url, commit }: Published,
  { pulls, branch }: { readonly pulls: PlatformHost; readonly branch: string },
): Promise<Result<Published, Diagnostic>> {
  const pull = await findPull(pulls, branch);
  if (!pull.ok) return pull;
  if (pull.value === undefined) return fail(lostPull(url ?? `the pull request of ${branch}`));
  // One that has a text may have it from somebody; one of a run that was killed has none yet.
  const isBare = as === "created" || (pull.value.isDraft && pull.value.body.trim() === "");
  const updated = isBare ? await updatePull(pulls, pull.value, { title, body }) : ok(false);
  return updated.ok ? ok({ ...publishedPull(pull.value, commit), as }) : updated;
}

function publishedPull(pull: PullRequest, commit: string): Published {
  return { as: foundAs(pull, "found").as, url: pull.url, number: pull.number, commit };
}

async function submittedAs(
  { into: parent }: Publish,
  branch: string,
  { stack, rules, line }: Stack,
): Promise<Result<Pick<Published, "as" | "url">, Diagnostic>> {
  const stood = await ensureStanding(stack, { branch, parent }, rules);
  if (!stood.ok) return stood;
  if (stood.value.as === "moved") line(`${branch} stood on ${stood.value.from}, and stands on ${parent} now`);
  const submitted = await submitStack({ ...stack, timeoutMs: SUBMIT_MS }, branch, rules);
  if (!submitted.ok) return submitted;
  const all = submitted.value.value;
  const own = all.find((each) => each.branch === branch);
  const below = all.filter((each) => each.branch !== branch && isDecided(asOf(each)));
  if (below.length > 0 && (own === undefined || !isDecided(asOf(own)))) return fail(decidedBelow(branch, below));
  return ok({ ...asOf(own), url: own?.url ?? null });
}

function asOf(pull: SubmittedPull | undefined): Pick<Published, "as"> {
  const { as = "same" } = pull ?? {};
  return { as: as === "updated" || as === "same" ? "found" : as };
}

function decidedBelow(branch: string, below: readonly SubmittedPull[]): Diagnostic {
  const which = below.map((each) => `${each.branch} is ${each.as}`).join(", ");
  return errorOf("SYM7414", `${branch} is not submitted: the pull request of ${which}`, {
    hint: "say in its document that the issue is done, and bring the trunk up to date: what stands on it then goes onto the trunk",
  });
}
