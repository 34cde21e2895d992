import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { issueDocuments, ISSUES } from "../../support/agents/issue-documents.ts";
import {
  developed,
  file,
  issueDocument,
  issueRepository,
  reviewed,
  type IssueRepository,
} from "../../support/agents/issue-repository.ts";
import { leftOfLoop } from "../../support/agents/left-of-loop.ts";
import type { Files } from "../../support/repository.ts";

function rigOf(files: Files): Promise<IssueRepository> {
  return issueRepository(files, {
    develop: (_issue, { turn, call }) => (turn > 0 ? developed() : file(`src/m${String(call)}.py`, "one = 1")),
    review: () => reviewed("pass"),
  });
}

test("a branch of the name that somebody else made is left alone, with a way out", async () => {
  await using rig = await rigOf(issueDocuments({ "M1-01": [] }));
  const { repository } = rig;
  const theirs = repository.git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "theirs");
  repository.git("branch", "issue/M1-01", theirs);
  const { exitCode, stdout } = await rig.run("run");
  expect(exitCode).toBe(1);
  expect(stdout).toContain("error SYM7607  the branch issue/M1-01 is there, and symbiotic did not make it");
  expect(stdout).toMatch(/SYM7607 {2}.*\n.*rename/);
  expect(repository.git("rev-parse", "issue/M1-01")).toBe(theirs);
  expect(rig.developer.requests).toEqual([]);
  expect(leftOfLoop(rig)).toEqual([]);
});

test("ids that one file system takes for one, a name that leads outside, and a tree that is not clean", async () => {
  await using rig = await rigOf({
    [`${ISSUES}/a.md`]: issueDocument("A.B").replace("milestone: M1", "milestone: ../../../../x"),
    [`${ISSUES}/b.md`]: issueDocument("A/B").replace("the module", "\u001b[2J the `module`"),
    [`${ISSUES}/a - $(push).md`]: issueDocument("A"),
    "a.txt": "a\n",
  });
  const { repository } = rig;
  repository.git("checkout", "--quiet", "--detach");
  repository.write({ "a.txt": "mine\n", "new.txt": "mine\n" });
  const { exitCode, stdout } = await rig.run("run");
  expect(exitCode, stdout).toBe(0);
  const branches = repository.git("branch", "--format", "%(refname:short)", "--list", "issue/*").split("\n");
  expect(branches).toEqual(["issue/A", expect.stringMatching(/^issue\/A-B-[0-9a-f]{12}$/), "issue/A.B"]);
  expect(repository.git("ls-tree", "-r", "--name-only", "issue/A.B")).toContain(
    "docs/projects/app/reviews/REVIEW-..-..-..-..-x.md",
  );
  for (const branch of branches) expect(repository.git("show", `${branch}:a.txt`)).toBe("a");
  expect([repository.read("a.txt"), repository.read("new.txt")]).toEqual(["mine\n", "mine\n"]);
  expect(leftOfLoop(rig)).toEqual(["the user's tree is changed: M a.txt\n?? new.txt"]);
});

test.each([
  ["SYM4017", ".symbiotic", "file"],
  ["SYM7616", ".git/symbiotic", "file"],
  ["SYM5073", "artifacts", "file"],
  ["SYM5040", ".ai-audit.jsonl", "folder"],
] as const)("%s is told where %s is a %s, without a stack", async (code, path, kind) => {
  await using rig = await rigOf(issueDocuments({ "M1-01": [] }));
  const place = join(rig.repository.root, path);
  if (kind === "file") writeFileSync(place, "x");
  else mkdirSync(place);
  const { exitCode, stdout, stderr } = await rig.run("run");
  expect(exitCode).not.toBe(0);
  expect(stdout + stderr).toMatch(new RegExp(`error ${code} {2}.*\\n`));
  expect(stdout + stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
  expect(rig.developer.requests).toEqual([]);
});
