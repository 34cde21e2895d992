import {
  fail,
  ok,
  type DraftRequest,
  type Operation,
  type PassedVerification,
  type PullUpdate,
} from "@symbiotic-build/engine";
import { failureOf } from "./failure.ts";
import type { GitHubOptions } from "./options.ts";
import { repositoryFlag, repositoryPath } from "./repository.ts";

/** Opens a draft of a branch that was pushed. */
export const create: Operation<DraftRequest, { readonly number: number; readonly url: string }, GitHubOptions> = {
  command: ({ options }, { branch, base, title, body }) => ({
    args: [
      ...["pr", "create", "--draft", `--title=${title}`, "--body-file", "-", `--base=${base}`, `--head=${branch}`],
      ...repositoryFlag(options),
    ],
    stdin: body,
  }),
  read(end) {
    if (end.exitCode !== 0) return fail(failureOf(end));
    const [url, number] = /https:\/\/\S+\/pull\/(\d+)/.exec(end.stdout) ?? [];
    if (url !== undefined) return ok({ number: Number(number), url });
    return fail({ kind: "unreadable", message: `\`gh\` did not say what it opened: ${end.stdout}` });
  },
};

/** Changes the title and the text. Not by `gh pr edit`: older ones ask for what GitHub no longer has, and fail. */
export const update: Operation<PullUpdate, null, GitHubOptions> = {
  command: ({ options }, { number, title, body }) => ({
    args: ["api", "--method", "PATCH", `${repositoryPath(options)}/pulls/${String(number)}`, "--input", "-"],
    stdin: JSON.stringify({ title, body }),
  }),
  read: (end) => (end.exitCode === 0 ? ok(null) : fail(failureOf(end))),
};

/** Makes a draft ready for review. */
export const markReady: Operation<
  { readonly number: number; readonly evidence: PassedVerification },
  null,
  GitHubOptions
> = {
  command: ({ options }, { number }) => ({ args: ["pr", "ready", String(number), ...repositoryFlag(options)] }),
  read: (end) => (end.exitCode === 0 ? ok(null) : fail(failureOf(end))),
};
