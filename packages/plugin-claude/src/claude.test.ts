import { testPlugin } from "@symbiotic-build/engine/testing";
import { expect, test } from "vitest";
import { readRun, recordedRuns, type ReadRun } from "../../../test/support/agents/recordings.ts";
import { claudeAgent } from "./claude.ts";
import { claude } from "./index.ts";

const recorded = recordedRuns(import.meta.url, "claude-2.1.329");

function read(name: string, wantsReply = false): ReadRun {
  return readRun(claudeAgent, recorded(name), wantsReply);
}

test("the plugin adapts one agent, and its options may be left out", () => {
  expect(testPlugin(claude()).options).toEqual({ model: null, settings: ["project"], args: [] });
  expect(Object.keys(claude().spec.agents ?? {})).toEqual(["claude"]);
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(claude({ modell: "opus" }))).toThrow("SYM1203 options.modell is not an option");
});

test("an edit and a command are told, and what each answer and the whole run used", () => {
  const { events, finish } = read("edited");
  expect(finish).toEqual({ kind: "answered", text: "Done." });
  const told = events.filter(({ type }) => type !== "usage" && type !== "session");
  expect(told).toEqual([
    { type: "model", name: "claude-opus-5-5" },
    { type: "text", text: "I write." },
    { type: "tool-use", tool: "Write", input: { file_path: "b.txt", content: "B" } },
    { type: "file-change", path: "b.txt", change: "added" },
    { type: "command", command: "ls", exitCode: null },
    { type: "text", text: "Done." },
  ]);
  const used = events.flatMap((event) => (event.type === "usage" ? [event] : []));
  expect(new Set(used.flatMap(({ of, id }) => (of === "call" ? [id] : []))).size).toBe(3);
  expect(used.at(-1)).toEqual({
    type: "usage",
    of: "run",
    usage: { input: 3000, cacheRead: 0, cacheWrite: 0, output: 150 },
    usd: expect.closeTo(0.015),
  });
});

test("after a session has gone on, the run has only what is new, and the session has all", () => {
  const used = read("resumed").events.flatMap((event) => (event.type === "usage" ? [event] : []));
  expect(used.map(({ of, usage, usd }) => [of, usage.input, usd])).toEqual([
    ["call", 1000, undefined],
    ["session", 2000, expect.closeTo(0.01)],
    ["run", 1000, expect.closeTo(0.005)],
  ]);
});

test("a request that failed is told as a success by Claude Code, and is none", () => {
  const { events, finish } = read("refused");
  expect(finish).toMatchObject({ kind: "ended", end: "refused" });
  // It says so in the model's name, too.
  expect(events.filter(({ type }) => type === "text")).toEqual([]);
  expect(read("not signed in").finish).toEqual({
    kind: "ended",
    end: "refused",
    message: "Not logged in · Please run /login",
  });
});

test("a vendor that has no time is asked again, after as long as it wants", () => {
  expect(read("retried").finish).toEqual({
    kind: "ended",
    end: "crashed",
    message: "the vendor answered 429 (rate limit)",
    isTransient: true,
    waitMs: expect.any(Number),
  });
  const { finish } = read("retried");
  expect(finish.kind === "ended" && finish.waitMs).toBeGreaterThanOrEqual(1000);
  expect(read("unreachable").finish).toMatchObject({ end: "crashed", isTransient: true });
});

test("a subscription's limit is told with its end", () => {
  expect(read("limited").finish).toMatchObject({
    kind: "ended",
    end: "usage-limit",
    message: expect.stringContaining("You've hit your 5-hour limit"),
    resetsAt: "2026-11-23T02:13:20.000Z",
  });
});

test("exit code 0 without a result is a crash", () => {
  const { finish } = readRun(claudeAgent, { exitCode: 0, signal: null, stdout: [], stderr: "" });
  expect(finish).toEqual({
    kind: "ended",
    end: "crashed",
    message: "it ended with exit code 0 and left no result",
  });
  expect(read("interrupted").finish).toMatchObject({ kind: "ended", end: "crashed" });
  expect(read("no session").finish).toMatchObject({
    end: "crashed",
    message: expect.stringContaining("No conversation found"),
  });
});

test("limits of turns and of money are told as such, and what was used with them", () => {
  expect(read("turns").finish).toEqual({
    kind: "ended",
    end: "turn-limit",
    message: "Reached maximum number of turns (1)",
  });
  const { events, finish } = read("budget");
  expect(finish).toEqual({ kind: "ended", end: "budget", message: "Reached maximum budget ($0.1)" });
  expect(events.at(-1)).toMatchObject({ of: "run", usd: expect.closeTo(0.401, 2) });
});

test("an agent that stops at what it may not do is denied, unless a reply was asked for", () => {
  const { events, finish } = read("denied");
  expect(finish).toEqual({
    kind: "ended",
    end: "denied",
    message: "it was not allowed to use Write (/etc/passwd2), and stopped: I cannot.",
  });
  expect(events.filter(({ type }) => type === "denied")).toEqual([
    { type: "denied", tool: "Write", reason: "Path is outside allowed working directories" },
  ]);
  expect(read("denied", true).finish).toEqual({ kind: "answered", text: "I cannot." });
});

test("a reply is what the vendor read, else what was said", () => {
  expect(read("reply", true).finish).toEqual({ kind: "answered", text: '{"n":1}', reply: { n: 1 } });
  expect(read("no reply", true).finish).toEqual({ kind: "answered", text: "No." });
  expect(read("wrong reply", true).finish).toMatchObject({
    kind: "unfit",
    message: expect.stringContaining("must be integer"),
  });
});

test("a line that is cut off is noted, and one that is not known says nothing", () => {
  expect(claudeAgent.read('{"type":"assis')).toEqual({
    events: [{ type: "note", text: 'a line that is no JSON: {"type":"assis' }],
  });
  for (const line of ["{}", "[]", "null", '{"type":"new"}', '{"type":"assistant"}', '{"type":"user","message":5}'])
    expect(() => claudeAgent.read(line)).not.toThrow();
});
