import { expect, test } from "vitest";
import {
  developed,
  file,
  found,
  issueRepository,
  reviewed,
  type IssueRepository,
} from "../../support/agents/issue-repository.ts";
import { ISSUES, issueDocuments, moduleOf, type Edges } from "../../support/agents/issue-documents.ts";
import { leftOfLoop } from "../../support/agents/left-of-loop.ts";
import { processesIn } from "../../support/processes.ts";

const EDGES: Edges = {
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
  const reviews = new Map<string, number>();
  return issueRepository(issueDocuments(EDGES), {
    develop: (issue, { turn, fixes, call }) => {
      if (turn > 0) return developed();
      return fixes === 0 ? file(moduleOf(issue), "one = 1") : file(moduleOf(issue, `_${String(call)}`), "two = 2");
    },
    review: (issue) => {
      const count = reviews.get(issue) ?? 0;
      reviews.set(issue, count + 1);
      const isBad = count < (SENT_BACK[issue] ?? 0);
      return isBad ? reviewed("changes_required", [found("high", "no test")]) : reviewed("pass");
    },
  });
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
  expect(leftOfLoop(rig)).toEqual([]);
  expect(processesIn(repository.home)).toEqual([]);
});

/** How each issue ended, as it is printed last; without what it cost and took. */
function endOf(stdout: string): string {
  const row = /^ {2}(M1-\d\d) {2}(\w+) +- +\d +\d +(?:-|\$\S+(?: \(estimate\))?) +(?:[\dhms]+ ?)+ {1,}(\S.*)$/gm;
  const table = stdout.slice(stdout.indexOf("\n  issue  state") + 1);
  return table
    .replace(row, (_line, id: string, state: string, why: string) => `  ${id}  ${state.padEnd(8)}  ${why}`)
    .replace(/^.*\n/, "")
    .replace(/runs\/[\w-]+/, "runs/<run>");
}
