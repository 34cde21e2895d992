import {
  fail,
  ok,
  type Operation,
  type PassedVerification,
  type PlatformCommand,
  type PlatformEnd,
  type PlatformFailure,
  type Result,
  type SubmittedPull,
} from "@symbiotic-build/engine";
import { failureOf } from "./failure.ts";

/** Pushes a branch with those below it, with drafts for those that have no pull request. */
export const submit: Operation<{ readonly branch: string }, readonly SubmittedPull[]> = {
  command: (_, { branch }) => submitted(branch, "--draft"),
  read: readSubmitted,
};

/** The same, and makes them ready for review. */
export const publish: Operation<
  { readonly branch: string; readonly evidence: PassedVerification },
  readonly SubmittedPull[]
> = {
  command: (_, { branch }) => submitted(branch, "--publish"),
  read: readSubmitted,
};

function submitted(branch: string, how: "--draft" | "--publish"): PlatformCommand {
  const quietly = ["--no-edit", "--no-ai", "--no-interactive", "--no-verify"];
  return { args: ["submit", "--branch", branch, how, "--no-stack", ...quietly] };
}

function readSubmitted(
  end: PlatformEnd,
  { branch }: { readonly branch: string },
): Result<readonly SubmittedPull[], PlatformFailure> {
  const decided = decidedIn(`${end.stdout}\n${end.stderr}`);
  if (end.exitCode !== 0) return decided.length > 0 ? ok(decided) : fail(failureOf(end));
  const pulls = pullsIn(end.stdout);
  if (pulls.some((each) => each.branch === branch)) return ok(pulls);
  if (/does not introduce any changes/.test(`${end.stdout}\n${end.stderr}`))
    return fail({ kind: "refused", message: `${branch} changes nothing, and gets no pull request` });
  return fail({ kind: "unreadable", message: `\`gt submit\` did not say what became of ${branch}:\n${end.stdout}` });
}

/** `name: https://… (created)`, and `▸ name (No-op)` for one of which all is there. */
function pullsIn(printed: string): readonly SubmittedPull[] {
  return printed.split("\n").flatMap((line): readonly SubmittedPull[] => {
    const [, made, url, as] = /^(\S+): (https:\/\/\S+) \((created|updated)\)/.exec(line) ?? [];
    if (made !== undefined && url !== undefined)
      return [{ branch: made, url, as: as === "created" ? "created" : "updated" }];
    const [, same] = /^\W*\s(\S+) \(No-op\)/.exec(line) ?? [];
    return same === undefined ? [] : [{ branch: same, url: null, as: "same" }];
  });
}

/** `▸ name - PR #7 (closed)`, for which it submits nothing. */
function decidedIn(printed: string): readonly SubmittedPull[] {
  return printed.split("\n").flatMap((line): readonly SubmittedPull[] => {
    const [, branch, as] = /^\W*\s(\S+) - PR #\d+ \((closed|merged)\)$/.exec(line.trimEnd()) ?? [];
    return branch === undefined ? [] : [{ branch, url: null, as: as === "closed" ? "closed" : "merged" }];
  });
}
