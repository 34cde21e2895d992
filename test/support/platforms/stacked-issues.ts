import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import {
  developed,
  file,
  issueDocument,
  issueRepository,
  reviewed,
  type IssueRepository,
  type IssueScript,
} from "../agents/issue-repository.ts";
import { startSymbiotic, symbiotic, type Ran, type Running } from "../binary.ts";
import type { Files } from "../repository.ts";
import { makeCertificate } from "./certificate.ts";
import { gitHubModel, type GitHubModel } from "./github-stub.ts";
import { GRAPHITE_BIN } from "./graphite-rig.ts";
import { graphiteModel, type GraphiteModel } from "./graphite-stub.ts";
import { startVendor, type Fault, type Seen } from "./vendor-proxy.ts";

const ISSUES = "docs/projects/app/issues";

/** A repository of issues, the real `gt` and `gh` in it, and their vendors on this machine: GitHub has the pull requests that Graphite has. */
export interface StackedIssues extends AsyncDisposable {
  readonly rig: IssueRepository;
  readonly graphite: GraphiteModel;
  readonly github: GitHubModel;
  /** The variables of the user; a test may change them. */
  readonly env: Record<string, string>;
  /** What comes in place of an answer; a test may change it. */
  fault: (seen: Seen) => Fault | undefined;
  /** Writes the settings of `issues`, and commits them. */
  configure(issues: object): void;
  run(...args: readonly string[]): Promise<Ran>;
  start(...args: readonly string[]): Running;
  gt(...args: readonly string[]): string;
  /** For each branch that Graphite keeps account of the one that it stands on. */
  parents(): Readonly<Record<string, string | undefined>>;
  /** The commits of the branches of the remote. */
  pushed(): Readonly<Record<string, string>>;
}

/** What it is made of. */
export interface StackedParts {
  /** For each issue those that block it. */
  readonly edges: Readonly<Record<string, readonly string[]>>;
  /** Further files. */
  readonly files?: Files;
  /** The commands that each of them names. */
  readonly verify?: readonly string[];
  readonly issues?: object;
  readonly develop?: IssueScript;
  readonly isSetUp?: boolean;
}

const AGENTS = { developer: "claude", reviewer: "codex", platform: "graphite" };

/** Makes it. A developer writes one file of its issue, and a reviewer lets it pass. */
export async function stackedIssues({
  edges,
  files = {},
  verify = [],
  issues = {},
  develop = developOne,
  isSetUp = true,
}: StackedParts): Promise<StackedIssues> {
  const documents = Object.entries(edges).map(([id, blockedBy]): [string, string] => [
    `${ISSUES}/${id}.md`,
    issueDocument(id, { blockedBy, verify }),
  ]);
  const rig = await issueRepository(
    { ...files, ...Object.fromEntries(documents), "symbiotic.config.json": settingsOf(issues) },
    { develop, review: () => reviewed("pass") },
  );
  const { repository } = rig;
  const graphite = graphiteModel();
  const github = gitHubModel();
  const certificate = makeCertificate(repository.home, ["api.graphite.com", "api.github.com"]);
  const vendor = await startVendor(
    certificate,
    (seen) => {
      if (seen.host.startsWith("api.graphite.com")) return graphite.answer(seen);
      shareTo(github, graphite, made.pushed());
      return github.answer(seen);
    },
    (seen) => {
      const fault = made.fault(seen);
      return fault === undefined ? undefined : { fault };
    },
  );
  const env: Record<string, string> = {
    ...rig.env,
    ...{ GRAPHITE_AUTH_TOKEN: "dummy", GH_TOKEN: "dummy", HTTPS_PROXY: vendor.url, NO_PROXY: "127.0.0.1" },
    ...{ SSL_CERT_FILE: certificate.file, NODE_EXTRA_CA_CERTS: certificate.file },
    PATH: [GRAPHITE_BIN, repository.env["PATH"]].join(delimiter),
  };
  const gt = (...args: readonly string[]): string =>
    execFileSync(join(GRAPHITE_BIN, "gt"), [...args, "--no-interactive"], {
      cwd: repository.root,
      env: { ...repository.env, ...env, GRAPHITE_DISABLE_TELEMETRY: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    }).toString("utf8");
  const made: StackedIssues = {
    ...{ rig, graphite, github, env, gt },
    fault: () => undefined,
    configure(more) {
      repository.write({ "symbiotic.config.json": settingsOf(more) });
      repository.commit("settings");
    },
    run: (...args) => symbiotic(repository, ["issues", "run", ...args], { env }),
    start: (...args) => startSymbiotic(repository, ["issues", "run", ...args], { env }),
    parents: () => parentsIn(gt("state")),
    pushed: () =>
      Object.fromEntries(
        repository
          .git("ls-remote", "--heads", "origin")
          .split("\n")
          .map((line) => [line.split("refs/heads/")[1] ?? "", line.split("\t")[0] ?? ""]),
      ),
    async [Symbol.asyncDispose]() {
      await vendor[Symbol.asyncDispose]();
      await rig[Symbol.asyncDispose]();
    },
  };
  placeIn(rig);
  if (isSetUp) setUp(made);
  return made;
}

function developOne(issue: string, { turn }: Parameters<IssueScript>[1]): ReturnType<IssueScript> {
  return turn === 0
    ? file(`src/${issue.toLowerCase()}.py`, "one = 1")
    : developed("pass", { branch: `issue/${issue}` });
}

function settingsOf(issues: object): string {
  return JSON.stringify({ issues: { ...AGENTS, ...issues } });
}

/** A remote on this machine, and the name by which `gh` finds the repository. */
function placeIn({ repository }: IssueRepository): void {
  const remote = join(repository.home, "../remote.git");
  repository.git("init", "--quiet", "--bare", "--initial-branch=main", remote);
  repository.git("remote", "add", "origin", remote);
  repository.git("remote", "add", "github", "https://github.com/acme/demo.git");
  repository.git("push", "--quiet", "origin", "main");
  const settings = join(repository.home, ".config/graphite");
  mkdirSync(settings, { recursive: true });
  writeFileSync(join(settings, "user_config"), JSON.stringify({ tips: false, updateAutomatically: false }));
}

/** As a user does it; the remote's address does not say whose repository it is, so it is written down. */
function setUp({ rig, ...made }: StackedIssues): void {
  made.gt("init", "--trunk", "main");
  const config = join(rig.repository.root, ".git/.graphite_repo_config");
  const settings = JSON.parse(readFileSync(config, "utf8")) as object;
  writeFileSync(config, JSON.stringify({ ...settings, owner: "acme", name: "demo" }));
}

/** GitHub knows each pull request that Graphite opened, and what was pushed. */
function shareTo(github: GitHubModel, graphite: GraphiteModel, pushed: Readonly<Record<string, string>>): void {
  for (const { number, head, base, title, body, state, isDraft } of graphite.pulls) {
    const known = github.pulls.find((pull) => pull.number === number);
    const shown = { state, baseRefName: base, headRefOid: pushed[head] ?? "" };
    if (known !== undefined) Object.assign(known, shown);
    else github.pulls.push({ ...shown, number, title, body, isDraft, headRefName: head, isCrossRepository: false });
  }
}

function parentsIn(state: string): Readonly<Record<string, string | undefined>> {
  const branches = JSON.parse(state) as Readonly<
    Record<string, { readonly parents?: readonly { readonly ref: string }[] }>
  >;
  return Object.fromEntries(Object.entries(branches).map(([name, { parents }]) => [name, parents?.[0]?.ref]));
}
