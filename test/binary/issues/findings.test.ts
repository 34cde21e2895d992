import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  developed,
  file,
  found,
  issueDocument,
  issueRepository,
  reviewed,
} from "../../support/agents/issue-repository.ts";
import { shell } from "../../support/agents/repository.ts";
import { symbiotic } from "../../support/binary.ts";
import type { TestRepository } from "../../support/repository.ts";

const DOCUMENT = "docs/projects/app/issues/M1-01.md";

test("what a reviewer finds is a finding of the run, and what is mended is in no report", async () => {
  let reviews = 0;
  await using rig = await issueRepository(
    { [DOCUMENT]: issueDocument("M1-01"), "src/a.py": "one = 1\n" },
    {
      develop: (_issue, { turn, fixes }) =>
        turn > 0 ? developed() : file(`src/b${String(fixes)}.py`, `key = ${String(fixes)}`),
      review() {
        reviews += 1;
        if (reviews > 1) return reviewed("pass", [found("low", "a name")]);
        return reviewed("changes_required", [found("high", "no test"), { ...found("medium", "slow"), evidence: [] }]);
      },
    },
  );
  const { exitCode, stdout } = await rig.run("run");
  expect(exitCode, stdout).toBe(0);
  expect(findingsOf(rig.repository)).toMatchObject([
    {
      task: "issue=M1-01:review_1",
      event: {
        finding: {
          tool: "codex",
          rule: "review-high",
          level: "error",
          message: "no test: see there",
          file: "src/a.py",
        },
        excerpt: "one = 1",
      },
    },
    { task: "issue=M1-01:review_1", event: { finding: { rule: "review-medium", level: "warning", file: DOCUMENT } } },
    { task: "issue=M1-01:review_2", event: { finding: { rule: "review-low", level: "note" } } },
  ]);
  expect(await reported(rig.repository)).toEqual(["review-medium", "review-low"]);
});

test("what the checks find is a finding of the run, and what is mended is in no report", async () => {
  const bad = "mkdir -p src; printf 'import os\\n' > src/b.py; printf 'import sys\\n' > src/c.py";
  await using rig = await issueRepository(
    {
      "symbiotic.config.json": JSON.stringify({
        issues: { developer: "claude", reviewer: "codex", validate: ["ruff"], fixes: 1 },
      }),
      "pyproject.toml": '[project]\nname = "app"\nversion = "1.0"\n\n[tool.ruff]\n',
      [DOCUMENT]: issueDocument("M1-01"),
      "src/a.py": "one = 1\n",
    },
    {
      develop(_issue, { turn, fixes }) {
        if (turn > 0) return developed();
        return shell("claude", fixes === 0 ? bad : "printf 'one = 1\\n' > src/b.py");
      },
      review: () => reviewed("pass"),
    },
  );
  const { exitCode, stdout } = await rig.run("run");
  expect(exitCode, stdout).toBe(1);
  expect(stdout).toMatch(/M1-01 +capped/);
  const told = findingsOf(rig.repository).map(({ task, event: { finding } }) => [task, finding.rule, finding.file]);
  expect(told).toEqual([
    ["issue=M1-01:check_1", "F401", "src/b.py"],
    ["issue=M1-01:check_1", "F401", "src/c.py"],
    ["issue=M1-01:check_2", "F401", "src/c.py"],
  ]);
  expect(findingsOf(rig.repository)[0]?.event).toMatchObject({ finding: { tool: "ruff" }, excerpt: "import os" });
  expect(await reported(rig.repository)).toEqual(["F401"]);
});

interface Told {
  readonly task: string;
  readonly event: {
    readonly type: string;
    readonly excerpt?: string;
    readonly finding: { readonly tool: string; readonly rule: string; readonly file: string };
  };
}

/** The findings of the loop's own run: that of its checks is another. */
function findingsOf(repository: TestRepository): readonly Told[] {
  const all = repository
    .runs()
    .flatMap((folder) => readFileSync(join(folder, "events.jsonl"), "utf8").trim().split("\n"));
  return all
    .map((line) => JSON.parse(line) as Told)
    .filter(({ task, event }) => event.type === "finding" && task.startsWith("issue="));
}

/** The rules of what the report of the latest run holds. */
async function reported(repository: TestRepository): Promise<readonly string[]> {
  const { exitCode } = await symbiotic(repository, ["report", "--format", "sarif", "--out", "out"]);
  expect(exitCode).toBe(0);
  const sarif = JSON.parse(readFileSync(join(repository.root, "out/reports/findings.sarif"), "utf8")) as {
    readonly runs: readonly { readonly results: readonly { readonly ruleId: string }[] }[];
  };
  return sarif.runs.flatMap(({ results }) => results.map(({ ruleId }) => ruleId));
}
