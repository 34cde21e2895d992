import { fail, ok, type Operation, type SubmittedPull } from "@symbiotic-build/engine";
import { failureOf } from "./failure.ts";

/** Pushes a branch with those below it, with drafts for those that have no pull request. */
export const submit: Operation<{ readonly branch: string }, readonly SubmittedPull[]> = {
  command: (_, { branch }) => ({
    args: [
      ...["submit", "--branch", branch, "--draft", "--no-stack"],
      ...["--no-edit", "--no-ai", "--no-interactive", "--no-verify"],
    ],
  }),
  read(end, { branch }) {
    if (end.exitCode !== 0) return fail(failureOf(end));
    const pulls = pullsIn(end.stdout);
    if (pulls.some((each) => each.branch === branch)) return ok(pulls);
    return fail({ kind: "unreadable", message: `\`gt submit\` did not say what became of ${branch}:\n${end.stdout}` });
  },
};

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
