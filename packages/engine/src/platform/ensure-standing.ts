import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { StackBranch, StackState } from "../plugin/platform.ts";
import type { PlatformHost } from "./platform-host.ts";
import { stackState, trackBranch, type StackRules } from "./stack.ts";

/** A branch of ours, and the one that it is to stand on. */
export interface Standing {
  readonly branch: string;
  readonly parent: string;
}

/** That branches do not stand on each other. */
const APART = "SYM7409";

/** What was done so that a branch stands where it is to; `moved`: it was kept account of on another one. */
export type Stood = { readonly as: "kept" | "tracked" } | { readonly as: "moved"; readonly from: string };

/**
 * Sees to it that a branch of ours is kept account of on the one that it is to stand on. No commit is moved: a branch that does not
 * hold what its parent shows cannot be put there.
 */
export async function ensureStanding(
  host: PlatformHost,
  { branch, parent }: Standing,
  rules: StackRules,
): Promise<Result<Stood, Diagnostic>> {
  const state = await stackState(host);
  if (!state.ok) return state;
  const below = branchIn(state.value, parent);
  if (below === undefined) return fail(unknownParent(host, branch, parent));
  const now = branchIn(state.value, branch);
  const isThere = now?.parent === parent;
  // What a trunk shows by now need not be in a branch.
  if (isThere && (below.isTrunk || !now.needsRestack)) return ok({ as: "kept" });
  const tracked = await trackBranch(host, { branch, parent }, rules);
  // One that stands there already and cannot be brought up to date is told of when it is submitted.
  if (isThere) return ok({ as: "kept" });
  if (!tracked.ok) return fail(tracked.error.code === APART ? apart(branch, parent) : tracked.error);
  const from = now?.parent ?? null;
  return ok(from === null ? { as: "tracked" } : { as: "moved", from });
}

function branchIn(state: StackState, name: string): StackBranch | undefined {
  return Object.hasOwn(state, name) ? state[name] : undefined;
}

function apart(branch: string, parent: string): Diagnostic {
  return errorOf(APART, `${branch} does not hold what ${parent} shows now, and cannot stand on it`, {
    hint: "run the issue again from the beginning: its tree begins with what is below",
  });
}

function unknownParent({ platform: { title } }: PlatformHost, branch: string, parent: string): Diagnostic {
  return errorOf("SYM7460", `${branch} cannot stand on ${parent}: ${title} keeps no account of that branch`, {
    hint: `set \`issues.into\` to a branch that it knows; a branch of an issue that was deleted is made again by \`symbiotic issues run\` without \`--resume\``,
  });
}
