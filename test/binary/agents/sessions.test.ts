import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AGENT_NAMES, agentRepository, manifest, shell } from "../../support/agents/repository.ts";

describe.each(AGENT_NAMES)("%s", (name) => {
  test("a session that ended early is gone on with, and what it used counts on", async () => {
    let [answers, isBack] = [0, false];
    await using rig = await agentRepository(name, ({ body }) => {
      answers += 1;
      const wasBack = isBack;
      isBack ||= JSON.stringify(body).includes("now go on");
      return wasBack ? manifest(name, ["src/b.py"]) : shell(name, `echo 'n = ${String(answers)}' > src/b.py`);
    });
    const first = await rig.run("add the module b", "--turns", "1");
    expect(first).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("SYM5106") });
    const session = /symbiotic agent resume (\S+)`/.exec(first.stdout)?.[1] ?? "";
    const second = await rig.run("now go on", "--resume", session, "--json");
    const told = JSON.parse(second.stdout) as { applied: boolean; session: string };
    expect(told, second.stdout).toMatchObject({ applied: true });
    expect(second.exitCode).toBe(0);
    expect(rig.repository.read("src/b.py")).toMatch(/^n = \d+\n$/);
    // The model is shown what was said before.
    expect(JSON.stringify(rig.stub.requests.at(-1)?.body)).toContain("add the module b");
  });
});

test("what an agent leaves in its home is read by none but who goes on with its session", async () => {
  let seen = "";
  await using rig = await agentRepository("codex", ({ turn, body }) => {
    const text = JSON.stringify(body);
    if (text.includes("planted.txt")) seen = text;
    if (turn > 0) return manifest("codex", []);
    return shell("codex", text.includes("look around") ? "ls -A ~" : "touch ~/planted.txt ~/.bashrc");
  });
  const first = await rig.run("plant");
  expect(first.exitCode).toBe(0);
  await rig.run("look around");
  expect(seen).not.toMatch(/\.bashrc[^"]*planted\.txt/);
  const folder = join(rig.repository.home, ".cache/symbiotic/agent/sessions");
  expect(readdirSync(folder)).toHaveLength(2);
});

test("a session that is not there is told before anybody is asked", async () => {
  await using rig = await agentRepository("claude", [{ text: "" }]);
  const { exitCode, stderr } = await rig.run("go on", "--resume", "../../x");
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: expect.stringContaining("SYM5113  claude has no session ../../x here"),
  });
  expect(rig.stub.requests).toEqual([]);
});

test("of many logs of sessions the newest stay", async () => {
  await using rig = await agentRepository("claude", [
    { calls: [{ name: "StructuredOutput", input: { plan: "x", changed_files: [], followups: [] } }] },
  ]);
  const folder = join(rig.repository.root, "artifacts/cli_runs/claude");
  const old = Array.from({ length: 120 }, (_, at) => `20250101T${String(at).padStart(9, "0")}Z`);
  for (const name of [...old, "mine"]) mkdirSync(join(folder, name), { recursive: true });
  await rig.run("look");
  const left = readdirSync(folder);
  expect(left).toHaveLength(101);
  expect(left).toContain("mine");
  expect(left).not.toContain(old[0]);
});
