import { describe, expect, test } from "vitest";
import { agentRig, type AgentName } from "../../support/agents/agent-rig.ts";
import type { Turn } from "../../support/agents/stub-server.ts";

/** The stubs speak of commands of a POSIX shell. */
const WINDOWS = process.platform === "win32";

const NAMES: readonly AgentName[] = ["claude", "codex"];

/** Both agents with each. */
function both<T extends readonly unknown[]>(cases: readonly T[]): readonly [AgentName, ...T][] {
  return NAMES.flatMap((name) => cases.map((each): [AgentName, ...T] => [name, ...each]));
}

describe.skipIf(WINDOWS)("what takes too long or too much", () => {
  test.each(both([[]]))("%s: a vendor that never answers ends at the deadline, with all processes", async (name) => {
    await using rig = await agentRig(name, [{ fault: "hang" }]);
    const result = await rig.drive({ request: { budget: { milliseconds: 3000 } } });
    expect(result).toMatchObject({ end: "timeout", problem: { code: "SYM5104" } });
    expect(result.durationMs).toBeGreaterThanOrEqual(2900);
    expect(result.durationMs).toBeLessThan(12_000);
    expect(rig.left()).toEqual([]);
  });

  test.each(both([[]]))("%s: a command that never ends is ended with the agent at the deadline", async (name) => {
    const call =
      name === "claude"
        ? { name: "Bash", input: { command: "sleep 1000 & sleep 1001" } }
        : { name: "exec_command", input: { cmd: "sleep 1000 & sleep 1001" } };
    await using rig = await agentRig(name, ({ turn }) => (turn === 0 ? { calls: [call] } : { fault: "hang" }));
    const result = await rig.drive({ request: { budget: { milliseconds: 5000 } } });
    expect(result).toMatchObject({ end: "timeout" });
    expect(rig.left()).toEqual([]);
  });

  const more = (name: AgentName): Turn => ({
    calls: [
      name === "claude"
        ? { name: "Read", input: { file_path: "none.txt" } }
        : { name: "exec_command", input: { cmd: "true" } },
    ],
    usage: { input: 100_000, output: 1000 },
  });

  test.each(both([[]]))("%s: a model that never stops is stopped within one turn over its tokens", async (name) => {
    await using rig = await agentRig(name, [more(name)]);
    const result = await rig.drive({ request: { budget: { milliseconds: 60_000, tokens: 250_000 } } });
    expect(result).toMatchObject({ end: "budget", problem: { code: "SYM5105" } });
    expect(result.turns).toBeLessThanOrEqual(4);
    expect(rig.stub.requests.length).toBeLessThanOrEqual(4);
    expect(rig.left()).toEqual([]);
  });

  test.each(both([[]]))(
    "%s: a model that never stops is stopped within one turn over its money, and the cost is told",
    async (name) => {
      await using rig = await agentRig(name, [more(name)]);
      const prices = { "gpt-5.5": { input: 10, output: 10, cacheRead: 10 } };
      const result = await rig.drive({ request: { budget: { milliseconds: 60_000, usd: 1.5 } }, drive: { prices } });
      expect(result).toMatchObject({ end: "budget", problem: { code: "SYM5105" } });
      expect(result.cost?.usd).toBeGreaterThan(1.5);
      // The second turn goes over it; the third may have begun before its price was known.
      expect(result.cost?.usd).toBeLessThan(3.1);
      expect(result.cost?.estimate).toBe(name === "codex" ? true : undefined);
      expect(rig.left()).toEqual([]);
    },
  );

  test.each(both([[]]))("%s: a model that never stops is stopped within one turn over its turns", async (name) => {
    await using rig = await agentRig(name, [more(name)]);
    const result = await rig.drive({ request: { budget: { milliseconds: 60_000, turns: 2 } } });
    expect(result).toMatchObject({ end: "turn-limit", problem: { code: "SYM5106" } });
    expect(result.turns).toBeLessThanOrEqual(3);
    expect(rig.left()).toEqual([]);
  });

  test.each(both([[]]))("%s: it can be interrupted", async (name) => {
    await using rig = await agentRig(name, [{ fault: "hang" }]);
    const abort = new AbortController();
    const result = await rig.drive({
      drive: {
        signal: abort.signal,
        on({ type }) {
          if (type === "session") abort.abort();
        },
      },
    });
    expect(result).toMatchObject({ end: "crashed", starts: 1 });
    expect(result.problem?.message).toContain("it was interrupted");
    expect(rig.left()).toEqual([]);
  });
});
