import { expect, test } from "vitest";
import { fiveIssues } from "../../support/agents/five-issues.ts";
import { developed, file, issueDocument, issueRepository, reviewed } from "../../support/agents/issue-repository.ts";
import { symbiotic, type Ran } from "../../support/binary.ts";
import { createRepository, type TestRepository } from "../../support/repository.ts";

const ISSUES = "docs/projects/app/issues";

function issues(repository: TestRepository, ...args: readonly string[]): Promise<Ran> {
  return symbiotic(repository, ["issues", ...args]);
}

test("what still runs is listed in its order, and drawn", async () => {
  using repository = createRepository({
    [`${ISSUES}/M1-01.md`]: issueDocument("M1-01"),
    [`${ISSUES}/M1-02.md`]: issueDocument("M1-02", { blockedBy: ["M1-01"] }),
    [`${ISSUES}/M1-03.md`]: issueDocument("M1-03").replace("state: todo", "state: done"),
  });
  expect((await issues(repository, "list")).stdout).toMatchInlineSnapshot(`
    "id     level  state  milestone  blocked by  title
    M1-01  0      todo   M1         -           Add m1-01: the module
    M1-02  1      todo   M1         M1-01       Add m1-02: the module

    2 issues
    "
  `);
  expect((await issues(repository, "graph")).stdout).toMatchInlineSnapshot(`
    "level 0
      M1-01  Add m1-01: the module
    level 1
      M1-02  Add m1-02: the module  ← M1-01
    "
  `);
  expect((await issues(repository, "graph", "--format", "dot")).stdout).toMatch(/^digraph/);
  expect(JSON.parse((await issues(repository, "list", "--json")).stdout)).toMatchObject([
    { id: "M1-01", level: 0 },
    { id: "M1-02", level: 1, blockedBy: [{ id: "M1-01" }] },
  ]);
});

test("a cycle names every file and line, and nothing is run", async () => {
  using repository = createRepository({
    [`${ISSUES}/M1-01.md`]: issueDocument("M1-01", { blockedBy: ["M1-02"] }),
    [`${ISSUES}/M1-02.md`]: issueDocument("M1-02", { blockedBy: ["M1-01"] }),
  });
  const checked = await issues(repository, "check");
  expect(checked.exitCode).toBe(1);
  expect(checked.stdout).toMatchInlineSnapshot(`
    "error SYM9205  docs/projects/app/issues/M1-01.md:6:14  blocked_by makes a cycle of 2 issues
      M1-01  blocked by M1-02  docs/projects/app/issues/M1-01.md:6:14
      M1-02  blocked by M1-01  docs/projects/app/issues/M1-02.md:6:14
      remove one of the two lines; \`symbiotic issues graph --cycle\` draws it
    2 documents · 1 errors, 0 warnings
    "
  `);
  const ran = await issues(repository, "run");
  expect({ exitCode: ran.exitCode, stderr: ran.stderr }).toEqual({
    exitCode: 2,
    stderr: expect.stringContaining("SYM9205"),
  });
});

test("a one-sided edge is mended in the other document, and nothing else is written", async () => {
  const lists = issueDocument("M1-02").replace("blocked_by: []", "blocking: [M1-01]");
  using repository = createRepository({
    [`${ISSUES}/M1-01.md`]: issueDocument("M1-01"),
    [`${ISSUES}/M1-02.md`]: lists,
  });
  expect((await issues(repository, "check")).stdout).toContain("SYM9203");
  const fixed = await issues(repository, "check", "--fix");
  expect({ exitCode: fixed.exitCode, stdout: fixed.stdout }).toEqual({
    exitCode: 0,
    stdout: expect.stringContaining(`mended  ${ISSUES}/M1-01.md  blocked_by: M1-02`),
  });
  expect(repository.read(`${ISSUES}/M1-01.md`)).toBe(issueDocument("M1-01", { blockedBy: ["M1-02"] }));
  expect(repository.read(`${ISSUES}/M1-02.md`)).toBe(lists);
  const again = await issues(repository, "check", "--fix");
  expect(again.stdout).toMatch(/^2 documents · 0 errors, 0 warnings\n$/);
});

test("a dry run shows every step, asks nobody and touches nothing", async () => {
  await using rig = await fiveIssues();
  const before = rig.repository.git("for-each-ref");
  const { exitCode, stdout } = await rig.run("run", "--dry-run", "--issue", "M1-01");
  expect({ exitCode, stdout }).toMatchInlineSnapshot(`
    {
      "exitCode": 0,
      "stdout": "level  subject  step
      0    M1-01    open
      1    M1-01    develop   after issue=M1-01:open
      2    M1-01    verify 1  after issue=M1-01:develop
      3    M1-01    check 1   after issue=M1-01:verify_1
      4    M1-01    review 1  after issue=M1-01:check_1
      5    M1-01    fix 1     after issue=M1-01:review_1
      6    M1-01    verify 2  after issue=M1-01:fix_1
      7    M1-01    check 2   after issue=M1-01:verify_2
      8    M1-01    review 2  after issue=M1-01:check_2
      9    M1-01    write     after issue=M1-01:review_2
      10   M1-01    publish   after issue=M1-01:write
      11   M1-01    close     after issue=M1-01:publish
      12   M1-01    finish    after issue=M1-01:close

    published: nothing, since \`issues.platform\` is not set; what passed is a branch here
    ",
    }
  `);
  expect(rig.developer.requests).toEqual([]);
  expect(rig.repository.git("for-each-ref")).toBe(before);
  expect(rig.repository.git("status", "--porcelain", "--ignored", "--", ":!node_modules")).toBe("");
});

test("what may be asked for is said", async () => {
  await using rig = await issueRepository(
    { [`${ISSUES}/M1-01.md`]: issueDocument("M1-01") },
    { develop: () => ({ text: "" }), review: () => ({ text: "" }) },
  );
  expect((await rig.run("nonsense")).stderr).toContain("there is: list, graph, check, plan, run, status");
  expect((await rig.run("run", "--issue", "M9-99")).stderr).toContain("SYM9211");
  expect((await rig.run("run", "--resume")).stderr).toContain("SYM2021");
});

test("commands of a document that the guard refuses are not run, and that is what they are said to be", async () => {
  const commands = [
    "rm -rf src",
    "curl -sf https://example.com/x",
    "git push origin main",
    "sh -c 'touch pwned'",
    "touch $HOME/pwned",
    "touch a; touch pwned",
    "test -f src/m1_01.py",
  ];
  await using rig = await issueRepository(
    {
      "symbiotic.config.json": JSON.stringify({ issues: { developer: "claude", reviewer: "codex", fixes: 0 } }),
      [`${ISSUES}/M1-01.md`]: issueDocument("M1-01", { verify: commands }),
    },
    {
      develop: (_issue, { turn }) => (turn === 0 ? file("src/m1_01.py", "one = 1") : developed()),
      review: () => reviewed("pass"),
    },
  );
  const { exitCode, stdout } = await rig.run("run", "--json");
  expect(exitCode).toBe(1);
  const [issue] = (JSON.parse(stdout) as { issues: { state: string; left: string[] }[] }).issues;
  expect(issue?.state).toBe("capped");
  expect(issue?.left.map((line) => line.replace(/\n[^]*/, ""))).toMatchInlineSnapshot(`
    [
      "Verification: rm -rf src: SYM5020 \`rm\` is denied",
      "Verification: curl -sf https://example.com/x: SYM5020 \`curl\` is denied",
      "Verification: git push origin main: SYM5020 \`git push\` is denied",
      "Verification: sh -c 'touch pwned': it asks a shell",
      "Verification: touch $HOME/pwned: only a shell could read it: it holds a variable or a pattern",
      "Verification: touch a; touch pwned: it is not one command",
    ]
  `);
});
