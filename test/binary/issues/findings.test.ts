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
import { symbiotic } from "../../support/binary.ts";

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
  const folder = /\.symbiotic\/runs\/[\w-]+/.exec(rig.repository.git("ls-files", "-o", ".symbiotic"))?.[0] ?? "";
  const events = readFileSync(join(rig.repository.root, folder, "events.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly task?: string; readonly event: { readonly type: string } })
    .filter(({ event }) => event.type === "finding");
  expect(events).toMatchObject([
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
  const { exitCode: reported } = await symbiotic(rig.repository, ["report", "--format", "sarif", "--out", "out"]);
  expect(reported).toBe(0);
  const sarif = JSON.parse(readFileSync(join(rig.repository.root, "out/reports/findings.sarif"), "utf8")) as {
    readonly runs: readonly { readonly results: readonly { readonly ruleId: string }[] }[];
  };
  expect(sarif.runs.flatMap(({ results }) => results.map(({ ruleId }) => ruleId))).toEqual([
    "review-medium",
    "review-low",
  ]);
});
