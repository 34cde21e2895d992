import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AgentEvent } from "@symbiotic-build/engine";
import { describe, expect, test } from "vitest";
import { agentRig, type AgentName } from "../../support/agents/agent-rig.ts";
import type { Script, Turn } from "../../support/agents/stub-server.ts";

/** The stubs speak of commands of a POSIX shell. */
const WINDOWS = process.platform === "win32";

const NAMES: readonly AgentName[] = ["claude", "codex"];

/** Both agents with each. */
function both<T extends readonly unknown[]>(cases: readonly T[]): readonly [AgentName, ...T][] {
  return NAMES.flatMap((name) => cases.map((each): [AgentName, ...T] => [name, ...each]));
}

const DONE: Turn = { text: "All done." };

describe.skipIf(WINDOWS)("what a vendor refuses", () => {
  test.each(both([[400], [401], [403], [404], [413]]))(
    "%s: an answer of %i ends it at once, refused",
    async (name, status) => {
      await using rig = await agentRig(name, [{ status }]);
      const result = await rig.drive();
      expect(result).toMatchObject({ end: "refused", starts: 1, problem: { code: "SYM5103", severity: "error" } });
      expect(result.problem?.message).toMatch(name === "claude" ? /^Claude Code: ./ : /^Codex: ./);
      expect(rig.left()).toEqual([]);
    },
  );

  test("claude: without a key it is refused, and the message says so", async () => {
    await using rig = await agentRig("claude", [DONE]);
    const result = await rig.drive({ env: { ANTHROPIC_API_KEY: "" } });
    expect(result).toMatchObject({ end: "refused", starts: 1 });
    expect(result.problem?.message).toContain("Not logged in");
  });
});

describe.skipIf(WINDOWS)("what passes", () => {
  test.each(both([[]]))("%s: after an answer of 500 it is tried again, and is done", async (name) => {
    await using rig = await agentRig(name, ({ call }) => (call === 0 ? { status: 500 } : DONE));
    const result = await rig.drive();
    expect(result).toMatchObject({ end: "done", text: "All done.", starts: 2 });
    expect(rig.events.filter(({ type }) => type === "retry")).toHaveLength(1);
    expect(rig.left()).toEqual([]);
  });

  test.each(both([[429], [500], [529]]))(
    "%s: an answer of %i for which there is no further try is told",
    async (name, status) => {
      await using rig = await agentRig(name, [{ status }]);
      const result = await rig.drive({ drive: { retries: { attempts: 1, firstMs: 1, mostMs: 1 } } });
      expect(result).toMatchObject({ end: "crashed", starts: 1, problem: { code: "SYM5109" } });
      expect(result.problem?.message).toMatch(/ \(tried once\)$/);
      expect(rig.left()).toEqual([]);
    },
  );

  test.each(both([["drop"], ["malformed"]] as const))(
    "%s: after a stream with the fault %s it is tried again",
    async (name, fault) => {
      let isBroken = true;
      await using rig = await agentRig(name, () => (isBroken ? { text: "No", fault } : DONE));
      const on = ({ type }: AgentEvent): void => void (isBroken &&= type !== "retry");
      expect(await rig.drive({ drive: { on } })).toMatchObject({ end: "done", text: "All done.", starts: 2 });
      expect(rig.left()).toEqual([]);
    },
  );

  test.each(both([[]]))("%s: a refused connection is tried again until there is no time for it", async (name) => {
    await using rig = await agentRig(name, [DONE]);
    await rig.stub[Symbol.asyncDispose]();
    const result = await rig.drive({
      request: { budget: { milliseconds: 20_000 } },
      drive: { retries: { attempts: 9, firstMs: 60_000, mostMs: 60_000 } },
    });
    expect(result).toMatchObject({ end: "timeout", starts: 1, problem: { code: "SYM5104" } });
    expect(result.problem?.message).toMatch(/connection.*tried once; there is no time left/is);
    expect(rig.left()).toEqual([]);
  });

  test("claude: what the vendor says of how long to wait is the least that is waited", async () => {
    await using rig = await agentRig("claude", ({ call }) =>
      call === 0 ? { status: 429, headers: { "retry-after": "1" } } : DONE,
    );
    expect(await rig.drive()).toMatchObject({ end: "done", starts: 2 });
    const [retry] = rig.events.filter(({ type }) => type === "retry");
    expect(retry?.type === "retry" && retry.delayMs).toBeGreaterThanOrEqual(1000);
  });

  test.each(both([[]]))(
    "%s: what was done before a stream broke is not done twice: its session goes on",
    async (name) => {
      const call = name === "claude" ? { name: "Write", input: { file_path: "a.txt", content: "a\n" } } : PATCH;
      const script: Script = ({ call: number }) => {
        if (number === 0) return { calls: [call] };
        return number === 1 ? { status: 500 } : DONE;
      };
      await using rig = await agentRig(name, script);
      const result = await rig.drive();
      expect(result).toMatchObject({ end: "done", starts: 2, turns: 2 });
      expect(rig.events.filter(({ type }) => type === "file-change")).toHaveLength(1);
      expect(rig.read("a.txt")).toBe("a\n");
      expect(JSON.stringify(rig.stub.requests.at(-1)?.body)).toContain("You were interrupted");
      // The failed request used nothing, and what the first process used is counted once.
      expect(result.usage.input + result.usage.cacheRead).toBe(2000);
    },
  );
});

const PATCH = { name: "apply_patch", input: "*** Begin Patch\n*** Add File: a.txt\n+a\n*** End Patch" };

describe.skipIf(WINDOWS)("limits of a subscription", () => {
  const AT = 1_795_400_000;
  const HEADERS = {
    "anthropic-ratelimit-unified-status": "rejected",
    "anthropic-ratelimit-unified-reset": String(AT),
    "anthropic-ratelimit-unified-representative-claim": "five_hour",
  };

  test("claude: a usage limit ends it with the time of the reset, and the same session goes on", async () => {
    const env = { ANTHROPIC_API_KEY: "", CLAUDE_CODE_OAUTH_TOKEN: "sk-ant-oat01-dummy" };
    await using rig = await agentRig("claude", ({ call }) => (call === 0 ? { status: 429, headers: HEADERS } : DONE));
    const result = await rig.drive({ env });
    expect(result).toMatchObject({
      end: "usage-limit",
      starts: 1,
      resetsAt: new Date(AT * 1000).toISOString(),
      problem: { code: "SYM5107" },
    });
    const later = await rig.drive({ env, request: { resume: result.session!, prompt: "Go on." } });
    expect(later).toMatchObject({ end: "done", session: result.session });
  });

  test("codex: a usage limit ends it with the time of the reset, and the same session goes on", async () => {
    const error = { type: "usage_limit_reached", plan_type: "pro", resets_at: AT };
    await using rig = await agentRig("codex", ({ call }) => (call === 0 ? { status: 429, error } : DONE));
    const result = await rig.drive();
    expect(result).toMatchObject({ end: "usage-limit", starts: 1, problem: { code: "SYM5107" } });
    // It is told to the minute, and over at its end.
    expect(Date.parse(result.resetsAt ?? "")).toBe((Math.floor(AT / 60) + 1) * 60_000);
    const later = await rig.drive({ request: { resume: result.session!, prompt: "Go on." } });
    expect(later).toMatchObject({ end: "done", session: result.session });
  });

  test("codex: without money on the account it is refused", async () => {
    await using rig = await agentRig("codex", [
      { status: 429, error: { type: "insufficient_quota", code: "insufficient_quota" } },
    ]);
    expect(await rig.drive()).toMatchObject({ end: "refused", starts: 1 });
  });
});

test.skipIf(WINDOWS)("what it printed is kept, for its user alone, without secrets", async () => {
  const secret = `ghp_${"a1B2".repeat(9)}`;
  await using rig = await agentRig("claude", [{ text: `The token is ${secret}.` }]);
  const result = await rig.drive({ request: { prompt: `Use ${secret}` } });
  expect(result).toMatchObject({ end: "done", text: expect.stringMatching(/^The token is \[redacted:[\w-]+\]\.$/) });
  const texts = ["session.log", "events.jsonl", "prompt.txt", "result.json"].map((name) =>
    readFileSync(join(rig.logFolder, name), "utf8"),
  );
  expect(texts.every((text) => text.includes("[redacted:") && !text.includes(secret))).toBe(true);
});
