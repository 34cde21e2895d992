import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { developed, file, found, issueDocument, issueRepository, reviewed } from "../../support/agents/issue-repository.ts";

const ISSUES = "docs/projects/app/issues";

test("two issues, one after the other: developed, reviewed, committed on branches that stand on each other", async () => {
  await using rig = await issueRepository(
    {
      [`${ISSUES}/M1-01.md`]: issueDocument("M1-01", { verify: ["test -f src/m1_01.py"] }),
      [`${ISSUES}/M1-02.md`]: issueDocument("M1-02", { blockedBy: ["M1-01"] }),
    },
    {
      develop: (issue, { turn, fixes }) => {
        const name = issue.toLowerCase().replace("-", "_");
        if (turn > 0) return developed();
        return fixes === 0 ? file(`src/${name}.py`, "one = 1") : file(`src/${name}_test.py`, "two = 2");
      },
      review: (issue, { body }) =>
        issue === "M1-02" && !JSON.stringify(body).includes("mend what review")
          ? reviewed("changes_required", [found("high", "no test")])
          : reviewed("pass"),
    },
  );
  const { exitCode, stdout, stderr } = await rig.run("run");
  console.log(stdout, stderr);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(existsSync(join(rig.repository.root, "src"))).toBe(false);
  expect(readdirSync(rig.repository.root)).not.toContain("x");
});
