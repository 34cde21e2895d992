import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic, type Ran } from "../../support/binary.ts";
import { createRepository, type TestRepository } from "../../support/repository.ts";

function prompts(repository: TestRepository, ...args: readonly string[]): Promise<Ran> {
  return symbiotic(repository, ["prompts", ...args]);
}

test("prompts are shown with their inputs and the contract that they stand on", async () => {
  using repository = createRepository({ "a.txt": "a\n" });
  expect((await prompts(repository, "list")).stdout).toMatch(/^dev-auto-parallel +Develop one issue/);
  const { stdout } = await prompts(repository, "show", "dev-auto-review-linear");
  expect(stdout).toMatch(/^---\ndescription: .*\nargument-hint: <issue_doc> <branch> <base> <worktree>\n---\n/);
  expect(stdout).toContain("`git diff $3 HEAD` is the change");
  expect(stdout).toContain("## What holds (the auto-safe contract)");
  expect(stdout).not.toMatch(/\{\{/);
  expect((await prompts(repository, "show", "nonsense")).stderr).toContain("there is: dev-auto-parallel");
});

test("they are brought to both agents, again without a change, and never over an edit", async () => {
  using repository = createRepository({ "a.txt": "a\n" });
  const dry = await prompts(repository, "sync", "--dry-run");
  expect(dry).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^written +~\/\.codex\/prompts\/dev-auto-parallel\.md$/m),
  });
  expect(existsSync(join(repository.home, ".codex"))).toBe(false);
  expect((await prompts(repository, "sync")).exitCode).toBe(0);
  const files = ["codex/prompts/dev-auto-fix-review.md", "claude/plugins/dev/skills/autonomous-development/SKILL.md"];
  for (const file of files) expect(readFileSync(join(repository.home, `.${file}`), "utf8")).toContain("auto-safe");
  const again = await prompts(repository, "sync");
  expect(again.stdout.match(/^up to date/gm)).toHaveLength(8);
  const mine = join(repository.home, ".codex/prompts/dev-auto-parallel.md");
  const edited = `${readFileSync(mine, "utf8")}Be kind.\n`;
  writeFileSync(mine, edited);
  const kept = await prompts(repository, "sync", "--to", "codex");
  expect(kept).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining("edited      ~/.codex/prompts/dev-auto-parallel.md"),
  });
  expect(readFileSync(mine, "utf8")).toBe(edited);
});

test("what was written by another release is brought up to date, and no link is followed", async () => {
  using repository = createRepository({ "a.txt": "a\n" });
  await prompts(repository, "sync", "--to", "claude");
  const folder = join(repository.home, ".claude/plugins/dev");
  const manifest = join(folder, ".claude-plugin/plugin.json");
  const mark = "symbiotic-prompts-c033a172c47ccc2e";
  writeFileSync(manifest, `${JSON.stringify({ name: "dev", version: "0.0.9", keywords: [mark] }, undefined, 2)}\n`);
  expect((await prompts(repository, "sync", "--to", "claude")).stdout).toMatch(
    /^written +~\/\.claude\/plugins\/dev\/\.claude-plugin\/plugin\.json$/m,
  );
  expect(readFileSync(manifest, "utf8")).toContain("0.1.0");
  const edited = readFileSync(manifest, "utf8").replace("0.1.0", "0.1.1");
  writeFileSync(manifest, edited);
  expect((await prompts(repository, "sync", "--to", "claude")).stdout).toMatch(/^edited +.*plugin\.json$/m);
  expect(readFileSync(manifest, "utf8")).toBe(edited);
  const elsewhere = join(repository.home, "elsewhere");
  mkdirSync(elsewhere);
  symlinkSync(elsewhere, join(repository.home, ".codex"), "junction");
  const refused = await prompts(repository, "sync", "--to", "codex");
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("SYM2026") });
  expect(existsSync(join(elsewhere, "prompts"))).toBe(false);
});
