import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AGENT_NAMES, agentRepository, make, manifest, shell } from "../../support/agents/repository.ts";
import { symbiotic } from "../../support/binary.ts";
import type { Turn } from "../../support/agents/stub-server.ts";

/** One turn after the other, the last again and again. */
const turns = (...all: readonly [Turn, ...Turn[]]): readonly [Turn, ...Turn[]] => all;

describe.each(AGENT_NAMES)("%s", (name) => {
  test("an edit that the policy allows is applied, and the manifest is what git says", async () => {
    await using rig = await agentRepository(
      name,
      turns(make(name, "src/b.py", "two = 2"), shell(name, "cat src/a.py"), manifest(name, ["src/b.py"])),
    );
    rig.repository.write({ "src/mine.py": "mine = 1\n" });
    const { exitCode, stdout, stderr } = await rig.run("add b", "--allow", "src");
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 0,
      stdout: expect.any(String),
      stderr: expect.any(String),
    });
    expect(stdout).toContain("policy: write src ");
    expect(stdout).toMatch(/made {4}src\/b\.py \(\+1 -0\)/);
    expect(stdout).toMatch(/1 file changed · log artifacts\/cli_runs\/\w+\/[\w-]+ · /);
    expect(rig.repository.read("src/b.py")).toBe("two = 2\n");
    expect(rig.repository.read("src/mine.py")).toBe("mine = 1\n");
    const entries = rig.repository.read(".ai-audit.jsonl").trim().split("\n");
    expect(entries.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
      "agent-started",
      "change-applied",
      "run",
    ]);
    expect(stdout).toContain("· audit .ai-audit.jsonl#2 ·");
    const verified = await symbiotic(rig.repository, ["audit", "verify"]);
    expect(verified).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^3 entries, each follows/) });
    rig.repository.write({ ".ai-audit.jsonl": entries.join("\n").replace("src/b.py", "src/c.py") });
    const forged = await symbiotic(rig.repository, ["audit", "verify"]);
    expect(forged).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("SYM5041") });
    expect(rig.repository.git("status", "--porcelain").split("\n").sort()).toEqual([
      "?? .ai-audit.jsonl",
      "?? artifacts/",
      "?? src/b.py",
      "?? src/mine.py",
    ]);
  });

  test("one file outside the policy, and nothing is applied", async () => {
    await using rig = await agentRepository(
      name,
      turns(
        make(name, "src/b.py", "two = 2"),
        shell(name, "mkdir -p .github/workflows && echo 'on: push' > .github/workflows/ci.yml && echo x >> README.md"),
        manifest(name, ["src/b.py", ".github/workflows/ci.yml", "README.md"]),
      ),
    );
    const { exitCode, stdout } = await rig.run("add b", "--allow", "src");
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/SYM5003 {2}\.github\/workflows\/ci\.yml is protected/);
    expect(stdout).toMatch(/SYM5002 {2}README\.md is none of the files/);
    expect(stdout).toContain("nothing was applied; your tree was not touched");
    expect(rig.repository.git("status", "--porcelain")).toBe("?? .ai-audit.jsonl\n?? artifacts/");
    const log = /log (artifacts\/\S+)/.exec(stdout)?.[1] ?? "";
    expect(readFileSync(join(rig.repository.root, log, "change.patch"), "utf8")).toContain("two = 2");
  });

  test("a manifest that is not what git says is refused", async () => {
    await using rig = await agentRepository(
      name,
      turns(
        make(name, "src/b.py", "two = 2"),
        shell(name, "echo three >> src/a.py"),
        manifest(name, ["src/b.py", "src/c.py"]),
      ),
    );
    const { exitCode, stdout } = await rig.run("add b", "--json");
    const told = JSON.parse(stdout) as { applied: boolean; violations: { code: string; path: string }[] };
    expect({ exitCode, applied: told.applied }).toEqual({ exitCode: 1, applied: false });
    expect(told.violations.map(({ code, path }) => `${code} ${path}`)).toEqual([
      "SYM5030 src/a.py",
      "SYM5031 src/c.py",
    ]);
    expect(rig.repository.read("src/a.py")).toBe("one = 1\n");
  });

  test("a dry run shows the difference and applies nothing", async () => {
    await using rig = await agentRepository(
      name,
      turns(make(name, "src/b.py", "two = 2"), manifest(name, ["src/b.py"])),
    );
    const { exitCode, stdout } = await rig.run("add b", "--dry-run");
    expect({ exitCode, last: stdout.trim().split("\n").at(-1) }).toEqual({
      exitCode: 0,
      last: expect.stringContaining("nothing was applied: a dry run"),
    });
    expect(existsSync(join(rig.repository.root, "src/b.py"))).toBe(false);
  });

  test("the user's edit of the same file meanwhile is not lost", async () => {
    let meanwhile = (): void => undefined;
    await using rig = await agentRepository(name, ({ turn }) => {
      if (turn > 0) {
        meanwhile();
        return manifest(name, ["src/a.py"]);
      }
      return shell(name, "echo 'two = 2' >> src/a.py");
    });
    meanwhile = () => rig.repository.write({ "src/a.py": "mine = 1\n" });
    const { exitCode, stdout } = await rig.run("add b");
    expect(exitCode).toBe(1);
    expect(stdout).toContain("SYM5060");
    expect(rig.repository.read("src/a.py")).toBe("mine = 1\n");
  });
});

// Claude Code refuses such commands by itself.
test("what it can see is its tree, and nothing of the user's", async () => {
  await using rig = await agentRepository(
    "codex",
    turns(
      shell("codex", "git branch > src/seen.txt && git remote -v >> src/seen.txt && ls -A ~ >> src/seen.txt"),
      manifest("codex", ["src/seen.txt"]),
    ),
  );
  const { repository } = rig;
  writeFileSync(join(repository.home, "mine.txt"), "");
  repository.git("remote", "add", "origin", "https://user:hunter2@example.invalid/x.git");
  const { exitCode, stdout } = await rig.run("look", "--allow", "src");
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.any(String) });
  const seen = repository.read("src/seen.txt");
  expect(seen).toContain("work");
  for (const secret of ["origin", "mine.txt", "hunter2"]) expect(seen).not.toContain(secret);
});

test("without an agent the error says how to set one up", async () => {
  await using rig = await agentRepository("claude", [{ text: "" }]);
  const { repository } = rig;
  const nobody = await symbiotic(repository, ["agent", "run", "x"]);
  expect(nobody.exitCode).toBe(2);
  expect(nobody.stderr).toMatch(
    /SYM5102 {2}no agent can be asked here\n[^]*claude: nobody is signed in[^]*codex: nobody/,
  );
  const other = await symbiotic(repository, ["agent", "run", "x", "--agent", "cluade"]);
  expect(other.stderr).toContain("did you mean `claude`");
});
