import type { Answer, Body, Seen } from "./vendor-proxy.ts";

/** A pull request as Graphite has it. */
export interface GraphitePull {
  readonly number: number;
  readonly head: string;
  base: string;
  title: string;
  body: string;
  state: "OPEN" | "CLOSED" | "MERGED";
  isDraft: boolean;
  headSha: string;
  baseSha: string;
}

/** What Graphite's API knows, and how it answers `gt`. */
export interface GraphiteModel {
  readonly pulls: GraphitePull[];
  answer(seen: Seen): Answer;
}

/** The repository `acme/demo`. A token `bad…` is no token. */
export function graphiteModel(): GraphiteModel {
  const pulls: GraphitePull[] = [];
  return {
    pulls,
    answer(seen) {
      if (seen.token.startsWith("bad")) return { status: 401, body: { error: "Unauthorized" } };
      const route = seen.path.replace(/\?.*$/, "").replace(/^\/v1\/graphite\//, "");
      return answerTo(pulls, route, seen.body);
    },
  };
}

function answerTo(pulls: GraphitePull[], route: string, body: Body): Answer {
  switch (route) {
    case "check-auth":
      return fine({ githubLogin: "stub", canSubmitPrs: true });
    case "cli/is-repo-synced":
      return fine({ result: { status: "SYNCED" } });
    case "cli/pull-request-info":
      return fine({ result: { status: "ok", prs: pulls.filter((pull) => isAsked(pull, body)).map(shown) } });
    case "cli/submit/pre-submit-pull-requests":
      return fine({ result: { retargetedPrs: [] } });
    case "cli/retarget-pr":
      return fine(retargeted(pulls, body));
    case "submit/pull-requests":
      return fine({ prs: (body["prs"] as readonly Body[]).map((each) => submitted(pulls, each, body)) });
    case "cli-repo-message":
      return fine({ message: null });
    default:
      return { status: 404, body: { error: `there is no ${route}` } };
  }
}

function fine(body: object): Answer {
  return { status: 200, body };
}

function isAsked({ number, head }: GraphitePull, body: Body): boolean {
  const numbers = body["prNumbers"] as readonly number[] | undefined;
  const heads = body["prHeadRefNames"] as readonly string[] | undefined;
  return numbers?.includes(number) === true || heads?.includes(head) === true;
}

function shown(pull: GraphitePull): object {
  const { number, title, body, state, head, base, isDraft, headSha, baseSha } = pull;
  return {
    ...{ prNumber: number, title, body, state, isDraft, url: urlOf(number) },
    ...{ headRefName: head, baseRefName: base, isBaseRefGraphiteBase: false },
    ...{ authorGithubHandle: "stub", reviewDecision: "REVIEW_REQUIRED" },
    versions: [
      {
        ...{ headSha, baseSha, baseName: base, createdAt: "2026-01-01T00:00:00.000Z" },
        ...{ authorGithubHandle: "stub", isGraphiteGenerated: false },
      },
    ],
  };
}

/** Before a branch goes onto another one, its pull request is put onto a branch of Graphite's own. */
function retargeted(pulls: readonly GraphitePull[], body: Body): object {
  const pull = pulls.find(({ number }) => number === body["prNumber"]);
  if (pull === undefined) return { result: { error: "there is no such pull request" } };
  return { result: { branchName: `graphite-base/${String(pull.number)}`, branchSha: pull.baseSha } };
}

function urlOf(number: number): string {
  return `https://app.graphite.com/github/pr/acme/demo/${String(number)}`;
}

function submitted(pulls: GraphitePull[], asked: Body, { repoOwner, repoName }: Body): object {
  const isNew = asked["action"] === "create";
  const pull = isNew ? created(pulls, asked) : pulls.find(({ number }) => number === asked["prNumber"]);
  if (pull === undefined) return { head: asked["head"], error: "there is no such pull request", status: "error" };
  const text = (key: string, otherwise: string): string => (typeof asked[key] === "string" ? asked[key] : otherwise);
  pull.base = text("base", pull.base);
  pull.headSha = text("headSha", pull.headSha);
  pull.baseSha = text("baseSha", pull.baseSha);
  if (typeof asked["draft"] === "boolean") pull.isDraft = asked["draft"];
  const { head, number } = pull;
  return { head, prNumber: number, prURL: urlOf(number), status: isNew ? "created" : "updated", repoOwner, repoName };
}

function created(pulls: GraphitePull[], asked: Body): GraphitePull {
  const text = (key: string): string => (typeof asked[key] === "string" ? asked[key] : "");
  const pull: GraphitePull = {
    ...{ number: 101 + pulls.length, head: text("head"), base: text("base"), title: text("title"), body: text("body") },
    ...{ state: "OPEN", isDraft: asked["draft"] === true, headSha: text("headSha"), baseSha: text("baseSha") },
  };
  pulls.push(pull);
  return pull;
}
