import type { Environment } from "./git.ts";

/** What the variables of a CI service say about the base of a change. */
export interface CiBase {
  /** The variable that said it. */
  readonly variable: string;
  /** A branch name without a remote, or a commit. */
  readonly name: string;
  readonly kind: "branch" | "commit";
  /** That it is the target of a pull or merge request, rather than the repository's usual branch. */
  readonly request: boolean;
}

const REQUESTS = [
  "GITHUB_BASE_REF",
  "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
  "SYSTEM_PULLREQUEST_TARGETBRANCH",
  "BITBUCKET_PR_DESTINATION_BRANCH",
  "BUILDKITE_PULL_REQUEST_BASE_BRANCH",
  "CHANGE_TARGET",
];

const BRANCHES = [
  "GITHUB_REF_NAME",
  "CI_COMMIT_BRANCH",
  "BUILD_SOURCEBRANCH",
  "BITBUCKET_BRANCH",
  "BUILDKITE_BRANCH",
  "CIRCLE_BRANCH",
  "BRANCH_NAME",
];

const SERVICES = [
  { variable: "GITHUB_ACTIONS", cure: "set `fetch-depth: 0` on actions/checkout" },
  { variable: "GITLAB_CI", cure: 'set the variable `GIT_DEPTH: "0"` in .gitlab-ci.yml' },
  { variable: "TF_BUILD", cure: "set `fetchDepth: 0` on the checkout step" },
  { variable: "BITBUCKET_BUILD_NUMBER", cure: "set `clone: depth: full` in bitbucket-pipelines.yml" },
];

/** Whether this runs in CI: `CI` is set, and to nothing that means no, or a service that does not set it is at work. */
export function isCi(env: Environment): boolean {
  const said = env["CI"];
  if (said) return !["0", "false", "no"].includes(said.toLowerCase());
  return Boolean(env["TF_BUILD"]) || Boolean(env["JENKINS_URL"]);
}

/** The base that the CI service names, the target of a request first. */
export function ciBase(env: Environment): CiBase | undefined {
  const commit = env["CI_MERGE_REQUEST_DIFF_BASE_SHA"];
  if (commit) return { variable: "CI_MERGE_REQUEST_DIFF_BASE_SHA", name: commit, kind: "commit", request: true };
  const request = REQUESTS.find((name) => env[name]);
  const variable = request ?? (env["CI_DEFAULT_BRANCH"] ? "CI_DEFAULT_BRANCH" : undefined);
  if (variable === undefined) return undefined;
  return { variable, name: plain(env[variable] ?? ""), kind: "branch", request: request !== undefined };
}

/** The branch that the CI service builds, where the checkout is detached and does not say it. */
export function ciBranch(env: Environment): string | undefined {
  const variable = BRANCHES.find((name) => env[name]);
  return variable === undefined ? undefined : plain(env[variable] ?? "");
}

/** How to have the CI service fetch the whole history, undefined outside those that are known. */
export function ciCure(env: Environment): string | undefined {
  return SERVICES.find(({ variable }) => env[variable])?.cure;
}

function plain(branch: string): string {
  return branch.replace(/^refs\/heads\//, "");
}
