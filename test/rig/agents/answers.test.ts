import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { agentRig, write, type AgentName } from "../../support/agents/agent-rig.ts";
import type { Turn } from "../../support/agents/stub-server.ts";

/** The stubs speak of commands of a POSIX shell. */
const WINDOWS = process.platform === "win32";

const NAMES: readonly AgentName[] = ["claude", "codex"];

/** An edit of a file as each agent's model asks for it. */
function edit(name: AgentName, path: string, text: string): Turn {
  const patch = `*** Begin Patch\n*** Add File: ${path}\n+${text}\n*** End Patch`;
  return name === "claude"
    ? { calls: [{ name: "Write", input: { file_path: path, content: `${text}\n` } }] }
    : { calls: [{ name: "apply_patch", input: patch }] };
}

/** A command as each agent's model asks for it. */
function shell(name: AgentName, command: string): Turn {
  return name === "claude"
    ? { calls: [{ name: "Bash", input: { command } }] }
    : { calls: [{ name: "exec_command", input: { cmd: command } }] };
}

const SCHEMA = {
  type: "object",
  properties: { verdict: { type: "string" }, score: { type: "integer" } },
  required: ["verdict", "score"],
  additionalProperties: false,
};

const REPLY = { verdict: "fine", score: 3 };

/** A reply as each agent's model gives it. */
function reply(name: AgentName, value: object): Turn {
  return name === "claude" ? { calls: [{ name: "StructuredOutput", input: value }] } : { text: JSON.stringify(value) };
}

describe.skipIf(WINDOWS)("what an agent does", () => {
  test.each(NAMES)("%s: it edits and runs commands, and tells what it used", async (name) => {
    await using rig = await agentRig(
      name,
      ({ turn }) => [edit(name, "src/a.txt", "a"), shell(name, "cat src/a.txt > src/b.txt")][turn] ?? { text: "Done." },
    );
    const result = await rig.drive({ drive: { prices: { "gpt-5.5": { input: 1, output: 10, cacheRead: 0.1 } } } });
    expect(result).toMatchObject({ end: "done", text: "Done.", starts: 1, turns: 3, denied: [] });
    expect(result.problem).toBeUndefined();
    expect([rig.read("src/a.txt"), rig.read("src/b.txt")]).toEqual(["a\n", "a\n"]);
    expect(rig.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["session", "model", "file-change", "command", "text", "usage"]),
    );
    const cacheRead = name === "codex" ? 300 : 0;
    expect(result.usage).toEqual({ input: 3000 - cacheRead, cacheRead, cacheWrite: 0, output: 150 });
    const estimate = { usd: (2700 * 1 + 300 * 0.1 + 150 * 10) / 1e6, estimate: true };
    expect(result.cost).toEqual(name === "codex" ? estimate : { usd: expect.any(Number) });
    // The prompt is nowhere where other users of the machine could read it.
    expect(rig.left()).toEqual([]);
  });

  test.each(NAMES)("%s: its session goes on, and only what is new is counted", async (name) => {
    await using rig = await agentRig(name, [{ text: "One." }]);
    const first = await rig.drive();
    const second = await rig.drive({
      request: { resume: first.session!, prompt: "And now?" },
      drive: { known: first.totals! },
    });
    const unknown = await rig.drive({ request: { resume: first.session!, prompt: "And now?" } });
    expect([second.session, unknown.session]).toEqual([first.session, first.session]);
    expect([second.usage, unknown.usage]).toEqual([first.usage, first.usage]);
    expect(second.cost).toEqual(first.cost);
    expect(second.totals?.usage.output).toBe(100);
    expect(JSON.stringify(rig.stub.requests.at(-1)?.body)).toContain("Do what is to be done.");
  });

  test("claude: a session that is not there is a crash that says so", async () => {
    await using rig = await agentRig("claude", [{ text: "One." }]);
    const result = await rig.drive({ request: { resume: "11111111-1111-4111-8111-111111111111" } });
    expect(result).toMatchObject({ end: "crashed", starts: 1 });
    expect(result.problem?.message).toContain("No conversation found");
  });

  test("codex: a session that is not there is a crash that says so", async () => {
    await using rig = await agentRig("codex", [{ text: "One." }]);
    const result = await rig.drive({ request: { resume: "11111111-1111-4111-8111-111111111111" } });
    expect(result).toMatchObject({ end: "crashed", starts: 1 });
    expect(result.problem?.message).toMatch(/no rollout found|not found/i);
  });
});

describe.skipIf(WINDOWS)("what an agent may not do", () => {
  test.each(NAMES)("%s: an agent that only reads can write nothing, and stops as denied", async (name) => {
    await using rig = await agentRig(name, ({ turn }) =>
      turn === 0 ? edit(name, "a.txt", "a") : { text: "I cannot." },
    );
    const result = await rig.drive({ request: { role: "read", commands: { allow: [], deny: [] } } });
    expect(rig.read("a.txt")).toBeUndefined();
    expect(result.end).toBe(name === "claude" ? "done" : "denied");
    expect(rig.left()).toEqual([]);
  });

  test.each(NAMES)("%s: an edit outside the checkout is denied, and told", async (name) => {
    await using rig = await agentRig(name, ({ turn }) =>
      turn === 0 ? edit(name, "../outside.txt", "a") : { text: "I cannot." },
    );
    const result = await rig.drive();
    expect(rig.read("../outside.txt")).toBeUndefined();
    expect(result).toMatchObject({ end: "denied", problem: { code: "SYM5110" } });
    expect(result.denied).toHaveLength(1);
    expect(result.problem?.message).toMatch(/not allowed to .*, and stopped: I cannot\./);
  });

  test.each(NAMES)(
    "%s: an agent that finds another way than what was denied is done, and what was denied is told",
    async (name) => {
      const turns = [edit(name, "../outside.txt", "a"), edit(name, "inside.txt", "a")];
      await using rig = await agentRig(name, ({ turn }) => turns[turn] ?? { text: "Done." });
      const result = await rig.drive();
      expect(result).toMatchObject({ end: "done", denied: [{ reason: expect.any(String) }] });
      expect(rig.read("inside.txt")).toBe("a\n");
    },
  );

  test("claude: its hook denies what the policy does: other paths, links that lead out, git's folder, commands", async () => {
    const calls = [
      { name: "Write", input: { file_path: "docs/a.md", content: "a" } },
      { name: "Write", input: { file_path: "link/a.txt", content: "a" } },
      { name: "Write", input: { file_path: ".git/config", content: "a" } },
      { name: "Bash", input: { command: "touch src/no.txt && git push origin" } },
      { name: "Bash", input: { command: "touch src/no.txt; rm x" } },
      { name: "Bash", input: { command: "touch src/$(echo no.txt)" } },
      { name: "Bash", input: { command: "touch src/yes.txt" } },
      { name: "Write", input: { file_path: "src/yes.md", content: "a" } },
    ];
    await using rig = await agentRig("claude", ({ turn }) => (turn === 0 ? { calls } : { text: "So be it." }));
    write(rig.root, "src/keep.txt", "");
    symlinkSync(rig.home, join(rig.root, "link"));
    const result = await rig.drive({
      request: { writable: ["src/**", "link/**", ".git/**"], commands: { allow: ["touch"], deny: ["git push"] } },
    });
    expect(result).toMatchObject({ end: "done" });
    expect(result.denied.map(({ tool, reason }) => `${tool}: ${reason.replace(rig.root, "")}`)).toEqual([
      "Write: the policy allows no writing here: /docs/a.md",
      "Write: the policy allows no writing outside the checkout: /link/a.txt",
      "Write: the policy allows no writing here: /.git/config",
      "Bash: the policy denies this command: git push origin",
      "Bash: the policy does not allow this command: rm x",
      "Bash: the policy allows no command within a command",
    ]);
    expect([rig.read("src/yes.txt"), rig.read("src/yes.md"), rig.read("src/no.txt")]).toEqual(["", "a", undefined]);
  });
});

describe.skipIf(WINDOWS)("a reply by a schema", () => {
  test.each(NAMES)("%s: it is parsed", async (name) => {
    await using rig = await agentRig(name, [reply(name, REPLY)]);
    expect(await rig.drive({ request: { reply: SCHEMA } })).toMatchObject({ end: "done", reply: REPLY, starts: 1 });
    expect(rig.left()).toEqual([]);
  });

  test.each(NAMES)(
    "%s: one that does not fit is asked for once more, with the error, in the same session",
    async (name) => {
      let isAsked = false;
      await using rig = await agentRig(name, ({ body }) => {
        isAsked ||= JSON.stringify(body).includes("is not what was asked for");
        return isAsked ? reply(name, REPLY) : reply(name, { verdict: "fine" });
      });
      const result = await rig.drive({ request: { reply: SCHEMA } });
      expect(result).toMatchObject({ end: "done", reply: REPLY, starts: 2 });
      expect(JSON.stringify(rig.stub.requests.at(-1)?.body)).toMatch(/score.*(expected|required)/);
      expect(new Set(rig.events.flatMap((event) => (event.type === "session" ? [event.id] : []))).size).toBe(1);
    },
  );

  test.each(NAMES)("%s: one that does not fit twice fails", async (name) => {
    await using rig = await agentRig(name, [reply(name, { verdict: "fine" })]);
    const result = await rig.drive({ request: { reply: SCHEMA } });
    expect(result).toMatchObject({ end: "bad-reply", starts: 2, problem: { code: "SYM5108" } });
    expect(result.problem?.message).toMatch(/score/);
    expect(result.reply).toBeUndefined();
    expect(rig.left()).toEqual([]);
  });

  test("claude: a model that never calls for the structured output is asked once more, and what it says is read", async () => {
    let isAsked = false;
    await using rig = await agentRig("claude", ({ body }) => {
      isAsked ||= JSON.stringify(body).includes("it is no JSON");
      return { text: isAsked ? JSON.stringify(REPLY) : "It is fine." };
    });
    expect(await rig.drive({ request: { reply: SCHEMA } })).toMatchObject({ end: "done", reply: REPLY, starts: 2 });
  });

  test("a schema that cannot be checked is refused before anything is started", async () => {
    await using rig = await agentRig("claude", [{ text: "x" }]);
    const result = await rig.drive({ request: { reply: { $ref: "https://example.org/schema.json" } } });
    expect(result).toMatchObject({ end: "refused", starts: 0, problem: { code: "SYM5111" } });
    expect(rig.stub.requests).toEqual([]);
  });
});
