import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { AGENT_NAMES, agentRepository, make, manifest } from "../../support/agents/repository.ts";
import { startSymbiotic } from "../../support/binary.ts";
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
