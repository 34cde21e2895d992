import type { Answer, Body, Seen } from "./vendor-proxy.ts";

/** A pull request as GitHub has it. */
export interface StubPull {
  readonly number: number;
  title: string;
  body: string;
  state: "OPEN" | "CLOSED" | "MERGED";
  isDraft: boolean;
  readonly headRefName: string;
  headRefOid: string;
  baseRefName: string;
  readonly isCrossRepository: boolean;
}

/** What GitHub's API knows, and how it answers `gh`. */
export interface GitHubModel {
  readonly pulls: StubPull[];
  answer(seen: Seen): Answer;
}

const OWNER = { id: "U_1", login: "acme" };
const REPOSITORY = {
  id: "R_1",
  name: "demo",
  owner: OWNER,
  defaultBranchRef: { name: "main" },
  viewerPermission: "WRITE",
  hasIssuesEnabled: true,
  isPrivate: false,
  parent: null,
  url: "https://github.com/acme/demo",
};

/** A repository `acme/demo` with these pull requests. A token `bad…` is no token, `blind…` sees nothing, `reader…` may not write. */
export function gitHubModel(pulls: readonly Partial<StubPull>[] = []): GitHubModel {
  const model: StubPull[] = pulls.map((each, at) => ({ ...draft(at + 1, {}), ...each }));
  return {
    pulls: model,
    answer(seen) {
      if (seen.token.startsWith("bad")) return { status: 401, body: { message: "Bad credentials" } };
      if (seen.path === "/graphql") return graphql(model, seen);
      return rest(model, seen);
    },
  };
}

function draft(number: number, input: Body): StubPull {
  return {
    number,
    title: textOf(input["title"]),
    body: textOf(input["body"]),
    state: "OPEN",
    isDraft: input["draft"] === true,
    headRefName: textOf(input["headRefName"]),
    headRefOid: "1".repeat(40),
    baseRefName: textOf(input["baseRefName"], "main"),
    isCrossRepository: false,
  };
}

function textOf(value: unknown, otherwise = ""): string {
  return typeof value === "string" ? value : otherwise;
}

function shown(pull: StubPull): object {
  return {
    ...pull,
    id: `PR_${String(pull.number)}`,
    url: `${REPOSITORY.url}/pull/${String(pull.number)}`,
    headRepositoryOwner: OWNER,
    headRepository: { id: "R_1", name: "demo" },
    author: { login: "stub" },
    createdAt: "2026-01-01T00:00:00Z",
  };
}

function errors(type: string, message: string): Answer {
  return { status: 200, body: { data: null, errors: [{ type, message, path: [] }] } };
}

function graphql(pulls: StubPull[], { body, token }: Seen): Answer {
  const query = String(body["query"]);
  const variables = (body["variables"] ?? {}) as Body;
  const input = (variables["input"] ?? {}) as Body;
  if (token.startsWith("blind"))
    return errors("NOT_FOUND", "Could not resolve to a Repository with the name 'acme/demo'.");
  if (query.includes("mutation") && token.startsWith("reader"))
    return errors("FORBIDDEN", "Resource not accessible by personal access token");
  if (query.includes("mutation PullRequestCreate")) return create(pulls, input);
  if (query.includes("mutation PullRequestReadyForReview")) return ready(pulls, input);
  if (query.includes("PullRequestByNumber")) return byNumber(pulls, variables["pr_number"] ?? variables["number"]);
  return { status: 200, body: { data: data(pulls, query, variables) } };
}

function byNumber(pulls: readonly StubPull[], number: unknown): Answer {
  const pull = pulls.find((each) => each.number === number);
  if (pull === undefined)
    return errors("NOT_FOUND", `Could not resolve to a PullRequest with the number of ${String(number)}.`);
  return { status: 200, body: { data: { repository: { pullRequest: shown(pull) } } } };
}

function create(pulls: StubPull[], input: Body): Answer {
  const head = String(input["headRefName"]);
  if (pulls.some((each) => each.headRefName === head && each.state === "OPEN"))
    return errors("UNPROCESSABLE", `A pull request already exists for acme:${head}.`);
  const pull = draft(pulls.length + 1, input);
  pulls.push(pull);
  return { status: 200, body: { data: { createPullRequest: { pullRequest: shown(pull) } } } };
}

function ready(pulls: StubPull[], input: Body): Answer {
  const pull = pulls.find(({ number }) => `PR_${String(number)}` === input["pullRequestId"]);
  if (pull !== undefined) pull.isDraft = false;
  return { status: 200, body: { data: { markPullRequestReadyForReview: { pullRequest: { id: "x" } } } } };
}

function data(pulls: readonly StubPull[], query: string, variables: Body): object {
  if (query.includes("UserCurrent")) return { viewer: { login: "stub" } };
  if (query.includes("RepositoryNetwork")) return { viewer: { login: "stub" }, repo_000: REPOSITORY };
  if (/pullRequests\(/.test(query)) return list(pulls, variables);
  if (query.includes("__type"))
    return { PullRequest: { fields: [] }, StatusCheckRollupContextConnection: { fields: [] } };
  return { repository: REPOSITORY };
}

function list(pulls: readonly StubPull[], variables: Body): object {
  const head = variables["headRefName"] ?? variables["headBranch"];
  const states = variables["state"] as readonly string[] | undefined;
  const nodes = pulls
    .filter((each) => head === undefined || each.headRefName === head)
    .filter((each) => states === undefined || states.includes(each.state))
    .toReversed();
  const limit = Number(variables["limit"] ?? 30);
  const pageInfo = { hasNextPage: false, endCursor: "" };
  const pullRequests = { totalCount: nodes.length, nodes: nodes.slice(0, limit).map(shown), pageInfo };
  return { repository: { ...REPOSITORY, pullRequests } };
}

function rest(pulls: StubPull[], { method, path, body, token }: Seen): Answer {
  if (path === "/") return { status: 200, body: {}, headers: { "X-Oauth-Scopes": "repo, read:org" } };
  const number = Number(/^\/repos\/acme\/demo\/pulls\/(\d+)$/.exec(path)?.[1]);
  const pull = pulls.find((each) => each.number === number);
  if (pull === undefined || token.startsWith("blind")) return { status: 404, body: { message: "Not Found" } };
  if (token.startsWith("reader"))
    return { status: 403, body: { message: "Resource not accessible by personal access token" } };
  if (method === "PATCH") {
    if (typeof body["title"] === "string") pull.title = body["title"];
    if (typeof body["body"] === "string") pull.body = body["body"];
    if (typeof body["base"] === "string") pull.baseRefName = body["base"];
  }
  return { status: 200, body: { number, title: pull.title, body: pull.body, base: { ref: pull.baseRefName } } };
}
