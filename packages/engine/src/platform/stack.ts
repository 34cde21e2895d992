import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { byCodeUnit } from "../core/json.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { judgeGraphite } from "../guard/graphite/judge-graphite.ts";
import type { GraphiteRules } from "../guard/graphite/ownership.ts";
import type { Operation, StackOperations, StackPull, StackState, SubmittedPull } from "../plugin/platform.ts";
import { passedVerification, type Verification } from "./passed-verification.ts";
import type { PlatformHost } from "./platform-host.ts";
import { runOperation } from "./run-operation.ts";

/** Whose branches there are, and what a person approved. */
export type StackRules = Pick<GraphiteRules, "ownBranches" | "approved">;

/** What an operation gave, and how the stack is after it. */
export interface StackAnswer<A> {
  readonly value: A;
  readonly state: StackState;
  /** Branches that do not stand on what their parent shows now, sorted: the tool itself ends well with them. */
  readonly needsRestack: readonly string[];
}

/** All branches that are kept account of. */
export async function stackState(host: PlatformHost): Promise<Result<StackState, Diagnostic>> {
  const stack = stackOf(host);
  if (!stack.ok) return stack;
  return ask(host, stack.value.state, null, { ownBranches: [] });
}

/** Begins to keep account of a branch of ours. */
export async function trackBranch(
  host: PlatformHost,
  question: { readonly branch: string; readonly parent: string },
  rules: StackRules,
): Promise<Result<StackAnswer<null>, Diagnostic>> {
  const stack = stackOf(host);
  return stack.ok ? change(host, stack.value.track, question, rules) : stack;
}

/** Fetches what others did; no branch but the trunk is moved. */
export async function syncStack(host: PlatformHost, rules: StackRules): Promise<Result<StackAnswer<null>, Diagnostic>> {
  const stack = stackOf(host);
  return stack.ok ? change(host, stack.value.sync, null, rules) : stack;
}

/**
 * Pushes a branch and those below it, all of them ours, as drafts. Nothing is pushed where one does not stand on its parent; that the
 * trunk has gone on holds nothing up.
 */
export async function submitStack(
  host: PlatformHost,
  branch: string,
  rules: StackRules,
): Promise<Result<StackAnswer<readonly SubmittedPull[]>, Diagnostic>> {
  const stack = stackOf(host);
  return stack.ok ? submitted(host, stack.value.submit, { branch }, rules) : stack;
}

/** The same, and makes all of them ready for review, where every check passed and a person approved it. */
export async function publishStack(
  host: PlatformHost,
  branch: string,
  rules: StackRules & { readonly verification: Verification },
): Promise<Result<StackAnswer<readonly SubmittedPull[]>, Diagnostic>> {
  const evidence = passedVerification(rules.verification);
  if (!evidence.ok) return evidence;
  const stack = stackOf(host);
  return stack.ok ? submitted(host, stack.value.publish, { branch, evidence: evidence.value }, rules) : stack;
}

/** The pull request that a branch has, as far as it is known here. */
export async function pullOfStack(host: PlatformHost, branch: string): Promise<Result<StackPull | null, Diagnostic>> {
  const stack = stackOf(host);
  return stack.ok ? ask(host, stack.value.pull, { branch }, { ownBranches: [] }) : stack;
}

async function submitted<Q extends { readonly branch: string }>(
  host: PlatformHost,
  operation: Operation<Q, readonly SubmittedPull[]>,
  question: Q,
  rules: StackRules,
): Promise<Result<StackAnswer<readonly SubmittedPull[]>, Diagnostic>> {
  const { branch } = question;
  const before = await stackState(host);
  if (!before.ok) return before;
  const parents = Object.fromEntries(Object.entries(before.value).map(([name, { parent }]) => [name, parent]));
  const behind = lineOf(branch, before.value).filter((each) => isApart(each, before.value));
  if (behind.length > 0) return fail(notRestacked(branch, behind));
  return change(host, operation, question, { ...rules, parents });
}

/** Whether a branch does not stand on what its parent shows, and that is another branch under review. */
function isApart(branch: string, state: StackState): boolean {
  const { parent, needsRestack } = state[branch] ?? { parent: null, needsRestack: false };
  return needsRestack && parent !== null && state[parent]?.isTrunk !== true;
}

/** A branch and those that it stands on. */
function lineOf(branch: string, state: StackState): readonly string[] {
  const line: string[] = [];
  for (let at: string | null = branch; at !== null && !line.includes(at); at = state[at]?.parent ?? null) line.push(at);
  return line;
}

async function change<Q, A>(
  host: PlatformHost,
  operation: Operation<Q, A>,
  question: Q,
  rules: GraphiteRules,
): Promise<Result<StackAnswer<A>, Diagnostic>> {
  const done = await ask(host, operation, question, rules);
  if (!done.ok) return done;
  const state = await stackState(host);
  if (!state.ok) return state;
  const behind = Object.entries(state.value).flatMap(([name, { needsRestack }]) => (needsRestack ? [name] : []));
  return ok({ value: done.value, state: state.value, needsRestack: behind.sort(byCodeUnit) });
}

/** Whatever a plugin makes of a question, it is judged before it is started. */
async function ask<Q, A>(
  host: PlatformHost,
  operation: Operation<Q, A>,
  question: Q,
  rules: GraphiteRules,
): Promise<Result<A, Diagnostic>> {
  const asked = await runOperation(host, operation, question, (argv) => {
    const refused = judgeGraphite(argv, rules);
    return refused === undefined
      ? undefined
      : errorOf(refused.code, refused.message, {
          hint: "docs/platforms.md says what may be done, and what a person may approve",
        });
  });
  return asked.ok ? asked : fail(asked.error.diagnostic);
}

function stackOf({ platform: { stack, title } }: PlatformHost): Result<StackOperations, Diagnostic> {
  if (stack !== undefined) return ok(stack);
  return fail(errorOf("SYM7416", `${title} has no operations for stacks`, { hint: "name a platform that has" }));
}

function notRestacked(branch: string, behind: readonly string[]): Diagnostic {
  const which = behind.join(", ");
  return errorOf(
    "SYM7409",
    `${branch} is not submitted: ${which} ${behind.length === 1 ? "does" : "do"} not stand on what is below`,
    {
      hint: `\`gt restack --only --branch <branch>\` for each, lowest first, and solve what conflicts`,
    },
  );
}
