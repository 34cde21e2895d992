import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { AGENT_NAMES, agentRepository, make, manifest } from "../../support/agents/repository.ts";
import { startSymbiotic, symbiotic } from "../../support/binary.ts";
import { processesIn } from "../../support/processes.ts";

test.each(AGENT_NAMES)(
  "%s: killed while the agent works, nothing of it is in the tree, and nothing of it is left",
  async (name) => {
    let asked = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    await using rig = await agentRepository(name, ({ turn, call }) => {
      if (turn === 0) return make(name, "src/b.py", "two = 2");
      if (call > 2) return manifest(name, ["src/b.py"]);
      asked();
      return { fault: "hang" };
    });
    const { repository, env } = rig;
    const running = startSymbiotic(repository, ["agent", "run", "add b", "--agent", name], { env });
    await isAsked;
    running.kill("SIGKILL");
    await running.ended;
    await expect.poll(() => processesIn(repository.home), { timeout: 20_000 }).toEqual([]);
    expect(repository.git("status", "--porcelain", "--", ":!artifacts", ":!.ai-audit.jsonl")).toBe("");
    const place = join(repository.home, ".cache/symbiotic/agent");
    expect(readdirSync(place).filter((each) => each.startsWith("scratch-"))).toHaveLength(1);
    const { exitCode, stdout } = await rig.run("add b");
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining("1 file changed") });
    expect(readdirSync(place).filter((each) => each.startsWith("scratch-"))).toEqual([]);
    expect(existsSync(join(repository.root, ".symbiotic/applying"))).toBe(false);
  },
);

test("killed while its tree is made, before the agent is asked, nothing is in the tree, and the next call goes on", async () => {
  await using rig = await agentRepository("codex", ({ turn }) =>
    turn === 0 ? make("codex", "src/b.py", "two = 2") : manifest("codex", ["src/b.py"]),
  );
  const { repository, env } = rig;
  repository.write(
    Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`src/many/${String(at)}.py`, "x = 1\n"])),
  );
  const place = join(repository.home, ".cache/symbiotic/agent");
  const made = (): readonly string[] =>
    existsSync(place) ? readdirSync(place).filter((each) => each.startsWith("scratch-")) : [];
  const before = repository.git("status", "--porcelain", "--untracked-files=all");
  const running = startSymbiotic(repository, ["agent", "run", "add b", "--agent", "codex"], { env });
  await expect.poll(made, { interval: 5, timeout: 60_000 }).not.toEqual([]);
  running.kill("SIGKILL");
  await running.ended;
  expect(rig.stub.requests).toEqual([]);
  expect(made()).toHaveLength(1);
  const own = [":!artifacts", ":!.ai-audit.jsonl"];
  expect(repository.git("status", "--porcelain", "--untracked-files=all", "--", ".", ...own)).toBe(before);
  expect(await rig.run("add b")).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("1 file changed") });
  expect(made()).toEqual([]);
});

test.each([
  ["a copy", [] as const],
  ["the tree itself", ["--in-place"] as const],
])("killed while the checks run, where the agent worked in %s, the tree is what it was", async (_, flags) => {
  const seconds = `98${String(process.pid)}${flags.length === 0 ? "1" : "2"}`;
  await using rig = await agentRepository(
    "codex",
    ({ turn }) => (turn === 0 ? make("codex", "src/b.py", "two = 2") : manifest("codex", ["src/b.py"])),
    {
      "symbiotic.config.json": JSON.stringify({ atoms: { slow: { command: `sleep ${seconds}`, inputs: ["src/**"] } } }),
    },
  );
  const { repository, env } = rig;
  const args = ["agent", "run", "add b", "--agent", "codex", "--check", "slow", ...flags];
  const running = startSymbiotic(repository, args, { env });
  await expect.poll(() => processesWith(`sleep ${seconds}`), { timeout: 60_000 }).not.toEqual([]);
  running.kill("SIGKILL");
  await running.ended;
  await expect.poll(() => processesWith(seconds), { timeout: 20_000 }).toEqual([]);
  const next = await symbiotic(repository, ["projects"]);
  expect(next).toMatchObject({ exitCode: 0, stderr: flags.length === 0 ? "" : expect.stringContaining("SYM5066") });
  expect(repository.git("status", "--porcelain", "--", ":!artifacts", ":!.ai-audit.jsonl")).toBe("");
});

function processesWith(text: string): readonly string[] {
  const lines = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => line.includes(text));
}
