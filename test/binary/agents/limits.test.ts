import { describe, expect, test } from "vitest";
import { AGENT_NAMES, agentRepository, make, shell } from "../../support/agents/repository.ts";

const PRICES = JSON.stringify({ agents: { prices: { "*": { input: 10, output: 10 } } } });

describe.each(AGENT_NAMES)("%s", (name) => {
  test("a model that never stops is stopped within one answer over its money, nothing is applied, and the cost is written down", async () => {
    await using rig = await agentRepository(
      name,
      ({ turn }) => ({
        ...(turn === 0 ? make(name, "src/b.py", "two = 2") : shell(name, `echo ${String(turn)}`)),
        usage: { input: 10_000, output: 0 },
      }),
      { "symbiotic.config.json": PRICES },
    );
    // A turn costs ten cents.
    const { exitCode, stdout } = await rig.run("go on", "--usd", "0.35", "--json");
    const told = JSON.parse(stdout) as { end: string; applied: boolean; turns: number; usd: number };
    expect({ exitCode, end: told.end, applied: told.applied }).toEqual({ exitCode: 1, end: "budget", applied: false });
    expect(told.usd).toBeGreaterThan(0.3);
    expect(rig.stub.requests.filter(({ method }) => method === "POST").length).toBeLessThanOrEqual(5);
    expect(rig.repository.read(".ai-audit.jsonl")).toMatch(/"end":"budget".*"usd":0\.[345]/);
    expect(rig.repository.git("status", "--porcelain", "--", "src")).toBe("");
  });

  test("what the vendor refuses ends at once, with its reason and exit code 1", async () => {
    await using rig = await agentRepository(name, [{ status: 401 }]);
    const { exitCode, stdout } = await rig.run("x");
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining("SYM5103") });
    expect(stdout).toContain("nothing was changed");
  });

  test("a vendor that never answers ends at the timeout", async () => {
    await using rig = await agentRepository(name, [{ fault: "hang" }]);
    const { exitCode, stdout } = await rig.run("x", "--timeout", "3");
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining("SYM5104") });
  });
});
