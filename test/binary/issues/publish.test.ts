import { join } from "node:path";
import { expect, test } from "vitest";
import {
  developed,
  file,
  issueDocument,
  issueRepository,
  reviewed,
  type IssueRepository,
} from "../../support/agents/issue-repository.ts";
import { symbiotic, type Ran } from "../../support/binary.ts";
import { makeCertificate } from "../../support/platforms/certificate.ts";
import { gitHubModel } from "../../support/platforms/github-stub.ts";
import { startVendor } from "../../support/platforms/vendor-proxy.ts";

const ISSUES = "docs/projects/app/issues";

function twoIssues(): Promise<IssueRepository> {
  return issueRepository(
    {
      "symbiotic.config.json": JSON.stringify({
        issues: { developer: "claude", reviewer: "codex", platform: "github", ready: true },
      }),
      [`${ISSUES}/M1-01.md`]: issueDocument("M1-01"),
      [`${ISSUES}/M1-02.md`]: issueDocument("M1-02", { blockedBy: ["M1-01"] }),
    },
    {
      develop: (issue, { turn }) =>
        turn === 0
          ? file(`src/${issue.toLowerCase()}.py`, "one = 1")
          : developed("pass", { draft_prs: ["https://example.com/pull/1"] }),
      review: () => reviewed("pass"),
    },
  );
}

test("what passed is pushed, with one draft each on the branch that it stands on, and ready by evidence; run again, none is opened twice", async () => {
  await using rig = await twoIssues();
  const { repository } = rig;
  const remote = join(repository.home, "../remote.git");
  repository.git("init", "--quiet", "--bare", remote);
  repository.git("remote", "add", "origin", "https://github.com/acme/demo.git");
  repository.git("config", "remote.origin.pushurl", remote);
  const certificate = makeCertificate(repository.home, ["api.github.com"]);
  const model = gitHubModel();
  await using vendor = await startVendor(certificate, (seen) => {
    // GitHub knows what was pushed.
    for (const pull of model.pulls) pull.headRefOid = repository.git("rev-parse", pull.headRefName).trim();
    return model.answer(seen);
  });
  const env = {
    ...{
      ...rig.env,
      GH_TOKEN: "dummy",
      HTTPS_PROXY: vendor.url,
      SSL_CERT_FILE: certificate.file,
      NO_PROXY: "127.0.0.1",
    },
  };
  const run = (): Promise<Ran> => symbiotic(repository, ["issues", "run"], { env });
  const first = await run();
  expect({ exitCode: first.exitCode, stderr: first.stderr }, first.stdout).toEqual({ exitCode: 0, stderr: "" });
  expect(model.pulls.map((pull) => [pull.title, pull.headRefName, pull.baseRefName, pull.isDraft])).toEqual([
    ["[M1-01] Add m1-01: the module", "issue/M1-01", "main", false],
    ["[M1-02] Add m1-02: the module", "issue/M1-02", "issue/M1-01", false],
  ]);
  expect(repository.git("ls-remote", remote).match(/refs\/heads\/\S+/g)).toEqual([
    "refs/heads/issue/M1-01",
    "refs/heads/issue/M1-02",
  ]);
  const second = await run();
  expect(second.exitCode, second.stdout).toBe(0);
  expect(second.stdout).toContain("found https://github.com/acme/demo/pull/1");
  expect(model.pulls).toHaveLength(2);
});

test("where there is no remote to push to, that is said before anybody works, and by a dry run", async () => {
  await using rig = await twoIssues();
  // GitHub cannot be reached either: it may be by the time that the first is published.
  const env = { ...rig.env, GH_TOKEN: "dummy", HTTPS_PROXY: "http://127.0.0.1:9", NO_PROXY: "127.0.0.1" };
  const { exitCode, stdout, stderr } = await symbiotic(rig.repository, ["issues", "run"], { env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain("SYM7321");
  const dry = await symbiotic(rig.repository, ["issues", "run", "--dry-run"], { env });
  expect({ exitCode: dry.exitCode, stderr: dry.stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(dry.stdout).toContain(`
published by github, each when it has passed:
  M1-01  issue/M1-01 into main, ready for review
  M1-02  issue/M1-02 into issue/M1-01, ready for review
warning SYM7321  there is no remote named origin
  git remote add origin <address>
`);
  expect(rig.developer.requests).toEqual([]);
});
