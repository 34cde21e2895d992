import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { developed, file, issueDocument, issueRepository, reviewed } from "../../support/agents/issue-repository.ts";
import { ISSUES } from "../../support/agents/issue-documents.ts";
import { HAS_GRAPHITE } from "../../support/platforms/graphite-rig.ts";
import { stackedIssues, type StackedIssues } from "../../support/platforms/stacked-issues.ts";

/** A run that passed and could not be published, since nobody was signed in; then its branch is restacked by hand onto a newer main. */
async function restacked(made: StackedIssues, change: (root: string) => void): Promise<string> {
  const { repository } = made.rig;
  made.env["GRAPHITE_AUTH_TOKEN"] = "";
  const first = await made.run();
  expect(first.stdout).toMatch(/M1-01 +stopped .* SYM7405/);
  made.env["GRAPHITE_AUTH_TOKEN"] = "dummy";
  change(repository.root);
  repository.commit("main goes on");
  const tree = /^worktree (.*\/M1-01.*)$/m.exec(repository.git("worktree", "list", "--porcelain"))?.[1] ?? "";
  execFileSync("git", ["rebase", "--quiet", "main"], { cwd: tree, env: repository.env });
  return repository.git("rev-parse", "issue/M1-01").trim();
}

describe.skipIf(!HAS_GRAPHITE)("a branch that was restacked by hand before the run is gone on with", () => {
  const passes = {
    ...{ edges: { "M1-01": [] }, issues: { fixes: 0 } },
    ...{ files: { "src/needed.py": "one = 1\n" }, verify: ["test -f src/needed.py"] },
  };

  test("is verified and reviewed again, and published as what was looked at", async () => {
    await using made = await stackedIssues(passes);
    const commit = await restacked(made, (root) => {
      writeFileSync(join(root, "src/other.py"), "two = 2\n");
    });
    const [developer, reviewer] = [made.rig.developer.requests.length, made.rig.reviewer.requests.length];
    const again = await made.run("--resume");
    expect(again.exitCode, again.stdout).toBe(0);
    expect(again.stderr).toMatch(/SYM7560.*issue\/M1-01 was moved from [0-9a-f]{8} to [0-9a-f]{8}/);
    expect(made.rig.developer.requests.length).toBe(developer);
    expect(made.rig.reviewer.requests.length).toBeGreaterThan(reviewer);
    expect(made.pushed()["issue/M1-01"]).toBe(commit);
  });

  test("is not published where it does not pass any more", async () => {
    await using made = await stackedIssues(passes);
    await restacked(made, (root) => {
      rmSync(join(root, "src/needed.py"));
    });
    const again = await made.run("--resume");
    expect(again.exitCode).toBe(1);
    expect(again.stdout).toMatch(/M1-01 +capped +/);
    expect(Object.keys(made.pushed())).toEqual(["main"]);
  });
});

describe("an issue whose developer changes nothing", () => {
  const idle = (document: string) =>
    issueRepository(
      { [`${ISSUES}/M1-01.md`]: document, "src/m1_01.py": "one = 1\n" },
      { develop: () => developed(), review: () => reviewed("pass") },
    );

  test("does not pass: nobody is asked to review it, and it is told with what to do", async () => {
    await using rig = await idle(issueDocument("M1-01", { verify: ["test -f src/m1_01.py"] }));
    const { exitCode, stdout } = await rig.run("run");
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/M1-01 +failed .*the developer changed nothing/);
    expect(rig.reviewer.requests).toEqual([]);
    const [run = ""] = rig.repository.runs();
    expect(readFileSync(join(run, "escalation.md"), "utf8")).toContain("give it 'changes: none'");
    // What the loop wrote of that is no work: asked again, it is the same.
    expect((await rig.run("run")).stdout).toMatch(/M1-01 +failed .*the developer changed nothing/);
  });

  test("passes where its document says so", async () => {
    await using rig = await idle(issueDocument("M1-01").replace("state: todo", "state: todo\nchanges: none"));
    const { exitCode, stdout } = await rig.run("run");
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toMatch(/M1-01 +passed/);
  });

  test("passes where an earlier run did the work, and that is what is reviewed", async () => {
    let isDone = false;
    const bases: (string | undefined)[] = [];
    await using rig = await issueRepository(
      { [`${ISSUES}/M1-01.md`]: issueDocument("M1-01") },
      {
        develop: (_issue, { turn }) => (isDone || turn > 0 ? developed() : file("src/m1_01.py", "one = 1")),
        review(_issue, { body }) {
          bases.push(/git diff ([0-9a-f]{40}) HEAD/.exec(JSON.stringify(body))?.[1]);
          return reviewed("pass");
        },
      },
    );
    const main = rig.repository.git("rev-parse", "HEAD").trim();
    expect((await rig.run("run")).exitCode).toBe(0);
    isDone = true;
    const second = await rig.run("run");
    expect(second.exitCode, second.stdout).toBe(0);
    expect(new Set(bases)).toEqual(new Set([main]));
  });
});

test("that no box is ticked since the document is not committed is told, with its place", async () => {
  await using rig = await issueRepository(
    { "src/a.py": "one = 1\n" },
    {
      develop: (_issue, { turn }) => (turn === 0 ? file("src/m1_01.py", "one = 1") : developed()),
      review: () => reviewed("pass"),
    },
  );
  const path = `${ISSUES}/M1-01.md`;
  rig.repository.write({ [path]: issueDocument("M1-01") });
  const { exitCode, stdout } = await rig.run("run");
  expect(exitCode, stdout).toBe(0);
  expect(stdout).toContain("SYM9370");
  expect(stdout).toContain("no box of M1-01 is ticked: its branch has no such document");
  expect(stdout).toContain(`${path}:`);
  // Committed, with a box that somebody ticked meanwhile: the others are ticked.
  const more = issueDocument("M1-01").replace("- [ ] the module", "- [x] asked\n- [ ] the module");
  writeFileSync(join(rig.repository.root, path), more);
  rig.repository.commit("the issue");
  rig.repository.git("worktree", "prune");
  rig.repository.git("branch", "-D", "issue/M1-01");
  const again = await rig.run("run");
  expect(again.exitCode, again.stdout).toBe(0);
  expect(again.stdout).not.toContain("SYM9370");
  expect(rig.repository.git("show", `issue/M1-01:${path}`).match(/\[.\]/g)).toEqual(["[x]", "[x]"]);
});
