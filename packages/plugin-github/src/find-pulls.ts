import {
  fail,
  ok,
  type Operation,
  type PlatformFailure,
  type PullQuery,
  type PullRequest,
  type Result,
} from "@symbiotic-build/engine";
import { z } from "zod";
import { failureOf } from "./failure.ts";
import type { GitHubOptions } from "./options.ts";
import { repositoryFlag } from "./repository.ts";

const FIELDS = "number,title,url,body,state,isDraft,headRefName,headRefOid,baseRefName,isCrossRepository";

const pullSchema = z.object({
  number: z.int().positive(),
  title: z.string(),
  url: z.string().min(1),
  body: z.string(),
  state: z.enum(["OPEN", "CLOSED", "MERGED"]),
  isDraft: z.boolean(),
  headRefName: z.string().min(1),
  headRefOid: z.string(),
  baseRefName: z.string(),
  isCrossRepository: z.boolean(),
});

/** So many are asked for: where there are as many, there may be more. */
const MOST_OF_BRANCH = 100;
const MOST_OF_ALL = 1000;

/** All pull requests of a branch, or with a beginning of their title; not by search, which is behind by minutes. */
export const find: Operation<PullQuery, readonly PullRequest[], GitHubOptions> = {
  command: ({ options }, query) => ({
    args: [
      ...["pr", "list", "--state", "all", "--json", FIELDS, "--limit", String(mostOf(query))],
      ...("branch" in query ? ["--head", query.branch] : []),
      ...repositoryFlag(options),
    ],
  }),
  read(end, query) {
    if (end.exitCode !== 0) return fail(failureOf(end));
    const list = parsed(end.stdout, z.array(pullSchema));
    if (!list.ok) return list;
    if (list.value.length >= mostOf(query))
      return fail({
        kind: "unreadable",
        message: `there are ${String(mostOf(query))} pull requests or more: it is not certain that all were told`,
      });
    return ok(list.value.filter((pull) => isMeant(pull, query)).map(pullOf));
  },
};

/** One by its number. */
export const view: Operation<{ readonly number: number }, PullRequest, GitHubOptions> = {
  command: ({ options }, { number }) => ({
    args: ["pr", "view", String(number), "--json", FIELDS, ...repositoryFlag(options)],
  }),
  read(end) {
    if (end.exitCode !== 0) return fail(failureOf(end));
    const pull = parsed(end.stdout, pullSchema);
    return pull.ok ? ok(pullOf(pull.value)) : pull;
  },
};

function mostOf(query: PullQuery): number {
  return "branch" in query ? MOST_OF_BRANCH : MOST_OF_ALL;
}

/** A fork may have a branch of the same name. */
function isMeant({ headRefName, isCrossRepository, title }: z.output<typeof pullSchema>, query: PullQuery): boolean {
  if (!("branch" in query)) return title.startsWith(query.titlePrefix);
  return headRefName === query.branch && !isCrossRepository;
}

const STATES = { OPEN: "open", CLOSED: "closed", MERGED: "merged" } as const;

function pullOf(pull: z.output<typeof pullSchema>): PullRequest {
  const { number, url, title, body, isDraft } = pull;
  const { headRefName: branch, headRefOid: commit, baseRefName: base } = pull;
  return { number, url, title, body, state: STATES[pull.state], isDraft, branch, commit, base };
}

/** What was printed, if it is what it should be. */
function parsed<T>(printed: string, schema: z.ZodType<T>): Result<T, PlatformFailure> {
  const unreadable = (why: string): Result<T, PlatformFailure> =>
    fail({ kind: "unreadable", message: `\`gh\` printed something else than was asked for: ${why}` });
  try {
    const read = schema.safeParse(JSON.parse(printed));
    return read.success ? ok(read.data) : unreadable(read.error.issues[0]?.message ?? "");
  } catch {
    return unreadable("it is no JSON");
  }
}
