import { expect, test } from "vitest";
import {
  AGENT_NAMES,
  agentRepository,
  make,
  manifest,
  type AgentName,
  type AgentRepository,
} from "../../support/agents/repository.ts";

async function repositoryOf(name: AgentName): Promise<AgentRepository> {
  const rig = await agentRepository(name, ({ turn }) =>
    turn === 0 ? make(name, "src/b.py", "two = 2") : manifest(name, ["src/b.py"], "Added b."),
  );
  rig.repository.git("config", "user.name", "Test");
  rig.repository.git("config", "user.email", "test@example.com");
  return rig;
}

test.each(AGENT_NAMES)("%s: its change is committed on a new branch, alone, with what made it", async (name) => {
  await using rig = await repositoryOf(name);
  const { repository } = rig;
  repository.write({ "src/mine.py": "mine = 1\n", "src/staged.py": "staged = 1\n" });
  repository.git("add", "src/staged.py");
  const { exitCode, stdout } = await rig.run("add b\nand more", "--branch", "fix/b");
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/committed [0-9a-f]{8} on fix\/b\n$/),
  });
  expect(repository.git("branch", "--show-current").trim()).toBe("fix/b");
  expect(repository.git("show", "--name-only", "--format=", "HEAD").trim()).toBe("src/b.py");
  expect(repository.git("log", "-1", "--format=%B")).toMatch(
    new RegExp(
      `^add b\\n\\nAdded b\\.\\n\\nAgent: ${name} \\d[\\d.]+\\nAgent-Session: \\S+\\n(Agent-Cost: .*\\n)?Agent-Log: artifacts/cli_runs/${name}/[\\w-]+\\s*$`,
    ),
  );
  expect(repository.git("status", "--porcelain", "--", "src")).toBe("A  src/staged.py\n?? src/mine.py");
  expect(repository.read(".ai-audit.jsonl")).toContain('"event":"committed"');
});

test("a branch that is there, or is none, is told before anybody is asked", async () => {
  await using rig = await repositoryOf("claude");
  rig.repository.git("branch", "old");
  for (const branch of ["old", "a..b", "-x"]) {
    const { exitCode, stderr } = await rig.run("add b", `--branch=${branch}`);
    expect({ branch, exitCode, stderr }).toEqual({ branch, exitCode: 2, stderr: expect.stringContaining("SYM5116") });
  }
  expect(rig.stub.requests).toEqual([]);
});
