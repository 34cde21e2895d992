import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  developed,
  file,
  found,
  issueDocument,
  issueRepository,
  reviewed,
  type IssueRepository,
} from "../../support/agents/issue-repository.ts";
import { processesIn } from "../../support/processes.ts";

const ISSUES = "docs/projects/app/issues";
const EDGES: Readonly<Record<string, readonly string[]>> = {
  "M1-01": [],
  "M1-02": ["M1-01"],
  "M1-03": ["M1-01"],
  "M1-04": ["M1-02", "M1-03"],
  "M1-05": ["M1-04"],
  "M1-06": ["M1-05"],
  "M1-07": [],
  "M1-08": ["M1-07"],
  "M1-09": [],
  "M1-10": ["M1-09"],
};
/** How often a reviewer sends an issue back; what comes after a capped one is never begun. */
const SENT_BACK: Readonly<Record<string, number>> = { "M1-02": 1, "M1-05": 9, "M1-08": 1, "M1-10": 2 };

/** Ten issues, and agents that do as the tables above say. */
function tenIssues(): Promise<IssueRepository> {
  const documents = Object.entries(EDGES).map(([id, blockedBy]): [string, string] => [
    `${ISSUES}/${id}.md`,
    issueDocument(id, { blockedBy, verify: [`test -f src/${moduleOf(id)}.py`] }),
  ]);
  const reviews = new Map<string, number>();
  return issueRepository(Object.fromEntries(documents), {
    develop: (issue, { turn, fixes, call }) => {
      if (turn > 0) return developed();
      return fixes === 0
        ? file(`src/${moduleOf(issue)}.py`, "one = 1")
        : file(`src/${moduleOf(issue)}_${String(call)}.py`, "two = 2");
    },
    review: (issue) => {
      const count = reviews.get(issue) ?? 0;
      reviews.set(issue, count + 1);
      const isBad = count < (SENT_BACK[issue] ?? 0);
      return isBad ? reviewed("changes_required", [found("high", "no test")]) : reviewed("pass");
    },
  });
}

function moduleOf(issue: string): string {
  return issue.toLowerCase().replace("-", "_");
}

test("ten issues in a diamond: passed at once, after fixes, capped, and blocked by what was capped", async () => {
  await using rig = await tenIssues();
  const { exitCode, stdout, stderr } = await rig.run("run", "--parallel", "3");
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
  expect(endOf(stdout)).toMatchInlineSnapshot(`
    "  M1-01  passed    passed at once
      M1-02  passed    passed after 1 fix
      M1-03  passed    passed at once
      M1-04  passed    passed at once
      M1-05  capped    capped after 2 fixes: 1 left
      M1-06  blocked   blocked by M1-05, which did not pass
      M1-07  passed    passed at once
      M1-08  passed    passed after 1 fix
      M1-09  passed    passed at once
      M1-10  passed    passed after 2 fixes

    what needs a person: .symbiotic/runs/<run>/escalation.md
    "
  `);
  const { repository } = rig;
  const branches = repository.git("branch", "--format", "%(refname:short)").split("\n").sort();
  expect(branches).toEqual([
    "issue/M1-01",
    "issue/M1-02",
    "issue/M1-03",
    "issue/M1-04",
    "issue/M1-05",
    "issue/M1-07",
    "issue/M1-08",
    "issue/M1-09",
    "issue/M1-10",
    "main",
  ]);
  // What stands on two issues has the work of both, and the entries of both.
  expect(
    repository
      .git("ls-tree", "-r", "--name-only", "issue/M1-04")
      .split("\n")
      .filter((path) => path.startsWith("src/")),
  ).toEqual(expect.arrayContaining(["src/m1_01.py", "src/m1_02.py", "src/m1_03.py", "src/m1_04.py"]));
  const review = repository.git("show", "issue/M1-04:docs/projects/app/reviews/REVIEW-M1.md");
  for (const id of ["M1-01", "M1-02", "M1-03", "M1-04"])
    expect(review).toContain(`## ${id}: Add ${id.toLowerCase()}: the module`);
  expect(repository.git("show", `issue/M1-01:${ISSUES}/M1-01.md`)).toContain("- [x] the module of M1-01 is there");
  expect(repository.git("show", `issue/M1-05:${ISSUES}/M1-05.md`)).toContain("- [ ] the module of M1-05 is there");
  expectNothingLeft(rig);
});

/** No work tree, no lock and no process of a loop that ended; the user's own tree is what it was. */
function expectNothingLeft({ repository }: IssueRepository): void {
  expect(repository.git("worktree", "list", "--porcelain").match(/^worktree /gm)).toHaveLength(1);
  expect(repository.git("status", "--porcelain", "--", ":!artifacts", ":!.ai-audit.jsonl", ":!.symbiotic")).toBe("");
  expect(processesIn(repository.home)).toEqual([]);
  const place = join(repository.home, ".cache/symbiotic/agent");
  expect(readdirSync(place).filter((name) => name.startsWith("scratch-"))).toEqual([]);
}

/** How each issue ended, as it is printed last; without what it cost and took. */
function endOf(stdout: string): string {
  const row = /^ {2}(M1-\d\d) {2}(\w+) +- +\d +\d +(?:-|\$\S+(?: \(estimate\))?) +(?:[\dhms]+ ?)+ {1,}(\S.*)$/gm;
  const table = stdout.slice(stdout.indexOf("\n  issue  state") + 1);
  return table
    .replace(row, (_line, id: string, state: string, why: string) => `  ${id}  ${state.padEnd(8)}  ${why}`)
    .replace(/^.*\n/, "")
    .replace(/runs\/[\w-]+/, "runs/<run>");
}
