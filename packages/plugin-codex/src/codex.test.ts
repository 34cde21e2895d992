import type { AgentContext, AgentRequest } from "@symbiotic-build/engine";
import { testPlugin } from "@symbiotic-build/engine/testing";
import { expect, test } from "vitest";
import { readRun, recordedRuns, type ReadRun } from "../../../test/support/agents/recordings.ts";
import { codexAgent } from "./codex.ts";
import { command } from "./command.ts";
import { codex } from "./index.ts";
import type { CodexOptions } from "./options.ts";

const recorded = recordedRuns(import.meta.url, "codex-0.169.0");

function read(name: string, wantsReply = false): ReadRun {
  return readRun(codexAgent, recorded(name), wantsReply);
}

test("the plugin adapts one agent, and its options may be left out", () => {
  expect(testPlugin(codex()).options).toEqual({ model: null, userConfig: false, args: [] });
  expect(Object.keys(codex().spec.agents ?? {})).toEqual(["codex"]);
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(codex({ modell: "x" }))).toThrow("SYM1203 options.modell is not an option");
});

test("edits and commands are told by the session's file, and each answer's use with them", () => {
  const { events, finish } = read("edited");
  expect(finish).toEqual({ kind: "answered", text: "Done." });
  expect(events.filter(({ type }) => type === "file-change" || type === "command")).toEqual([
    { type: "file-change", path: "b.txt", change: "added" },
    { type: "command", command: "ls", exitCode: null },
  ]);
  const used = events.flatMap((event) => (event.type === "usage" ? [event] : []));
  expect(used.filter(({ of }) => of === "call").map(({ id, usage }) => [id !== "", usage.input])).toEqual([
    [true, 900],
    [true, 900],
    [true, 900],
  ]);
  expect(events).toContainEqual({ type: "model", name: "gpt-5.5" });
});

test("what a turn used is that of the session: of one that went on it is more than the run's", () => {
  expect(read("resumed").events.filter(({ type }) => type === "usage")).toEqual([
    { type: "usage", of: "session", usage: { input: 1800, cacheRead: 200, cacheWrite: 0, output: 100 } },
  ]);
});

test.each([
  ["status 400", "refused"],
  ["status 401", "refused"],
  ["no quota", "refused"],
  ["no key", "refused"],
  ["no session", "crashed"],
  ["bad flag", "crashed"],
  ["interrupted", "crashed"],
  ["killed", "crashed"],
])("%s: it ends as %s, and is not tried again", (name, end) => {
  const { finish } = read(name);
  expect(finish).toMatchObject({ kind: "ended", end, message: expect.stringMatching(/./) });
  expect(finish).not.toHaveProperty("isTransient");
});

test.each(["status 429", "status 500", "status 529", "dropped"])("%s: it is tried again", (name) => {
  expect(read(name).finish).toMatchObject({ kind: "ended", end: "crashed", isTransient: true });
});

test("how long the vendor wants to wait is read where it is said", () => {
  const finish = codexAgent.end({
    exitCode: 1,
    signal: null,
    stderr: "",
    wantsReply: false,
    endedAt: 0,
    kept: { failed: "Rate limit reached. Please try again in 1.5s." },
  });
  expect(finish).toMatchObject({ isTransient: true, waitMs: 1500 });
});

test.each([
  ["11:39 AM", "2026-11-22T10:39:30", "2026-11-22T11:40:00"],
  ["12:05 AM", "2026-11-22T23:59:59", "2026-11-23T00:06:00"],
  ["10:39 AM", "2026-11-22T10:39:30", "2026-11-22T10:40:00"],
  ["Nov 23rd, 2026 2:12 AM", "2026-11-22T10:39:30", "2026-11-23T02:13:00"],
])("a usage limit that is told to end at %s, at %s, is over at %s", (told, now, over) => {
  const failed = `You’ve hit your usage limit. Visit https://example.com or try again at ${told}.`;
  const left = { exitCode: 1, signal: null, stderr: "", wantsReply: false, kept: { failed } };
  const finish = codexAgent.end({ ...left, endedAt: new Date(now).getTime() });
  expect(finish).toMatchObject({ end: "usage-limit", resetsAt: new Date(over).toISOString() });
});

test("a usage limit is told to the minute, and is over at its end", () => {
  const { finish } = read("limited");
  expect(finish).toMatchObject({ kind: "ended", end: "usage-limit" });
  // Told in the machine's own time; it was recorded in UTC.
  const at = finish.kind === "ended" ? (finish.resetsAt ?? "") : "";
  expect(Date.parse(at) + new Date(at).getTimezoneOffset() * -60_000).toBe(Date.parse("2026-11-23T02:14:00Z"));
});

test("an error on the way is no end: only the turn says that it failed", () => {
  const stdout = [
    '{"type":"error","message":"Reconnecting... 1/5"}',
    '{"type":"item.completed","item":{"id":"item_0","type":"agent_message","text":"Done."}}',
    '{"type":"turn.completed","usage":{}}',
  ];
  const { events, finish } = readRun(codexAgent, { exitCode: 0, signal: null, stdout, stderr: "" });
  expect(finish).toEqual({ kind: "answered", text: "Done." });
  expect(events[0]).toEqual({ type: "note", text: "Reconnecting... 1/5" });
});

test("an agent that stops at what it may not do is denied, unless a reply was asked for", () => {
  expect(read("rejected").finish).toMatchObject({
    end: "denied",
    message: expect.stringMatching(/^it was not allowed to do an edit: writing is blocked.*and stopped: I cannot\.$/),
  });
  expect(read("rejected", true).finish).toEqual({ kind: "answered", text: "I cannot." });
  const { events, finish } = read("blocked");
  expect(finish).toMatchObject({ end: "denied" });
  expect(events.filter(({ type }) => type === "denied")).toEqual([
    { type: "denied", tool: "command", reason: "touch: cannot touch '/etc/x': Read-only file system" },
  ]);
});

test("a command that ended well was not kept from anything, whatever it printed", () => {
  const output = "Process exited with code 0\nOutput:\nfound: Operation not permitted\n";
  const line = { type: "response_item", payload: { type: "function_call_output", output } };
  expect(codexAgent.follows?.read(JSON.stringify(line))).toEqual({ events: [], keep: { denied: null } });
});

test("a line that is cut off is noted, and one that is not known says nothing", () => {
  expect(codexAgent.read('{"type":"it')).toMatchObject({ events: [{ type: "note" }] });
  for (const line of ["{}", "[]", "null", '{"type":"item.completed"}', '{"type":"turn.failed"}'])
    expect(() => codexAgent.read(line)).not.toThrow();
});

function contextOf(request: Partial<AgentRequest>, more: Partial<AgentContext> = {}): AgentContext<CodexOptions> {
  return {
    request: {
      prompt: "Do it.",
      cwd: "/checkout",
      folder: "/private",
      role: "write",
      writable: ["**"],
      commands: { allow: ["*"], deny: [] },
      network: false,
      budget: { milliseconds: 1000 },
      ...request,
    },
    tool: ["/bin/codex"],
    node: "/bin/node",
    home: "/home",
    variables: {},
    ...more,
    options: { model: null, userConfig: false, args: [] },
  };
}

test("a session goes on after all flags, and the prompt is on standard input", () => {
  const { argv, stdin, files } = command(contextOf({ resume: "id", reply: { type: "object" }, prompt: "a secret" }));
  expect(argv.slice(-3)).toEqual(["resume", "id", "-"]);
  expect(stdin).toBe("a secret");
  expect(argv.join(" ")).not.toContain("a secret");
  expect(files).toEqual({ "codex-reply.json": '{"type":"object"}' });
});

test.each<[Partial<AgentRequest>, string]>([
  [{}, "workspace-write"],
  [{ role: "read" }, "read-only"],
  [{ role: "read", isSandboxed: true }, "danger-full-access"],
  [{ isSandboxed: true }, "danger-full-access"],
])("a request of %j has the sandbox %s", (request, sandbox) => {
  const { argv } = command(contextOf(request));
  expect(argv[argv.indexOf("-s") + 1]).toBe(sandbox);
});

test("with a key there is a provider that has no tries of its own, at the address that is set", () => {
  const variables = { OPENAI_API_KEY: "k", OPENAI_BASE_URL: "http://127.0.0.1:1/v1" };
  const { argv } = command(contextOf({}, { variables }));
  expect(argv).toContain('model_providers.symbiotic.base_url="http://127.0.0.1:1/v1"');
  expect(argv).toContain('model_providers.symbiotic.env_key="OPENAI_API_KEY"');
  expect(argv.join(" ")).not.toContain('"k"');
  expect(command(contextOf({})).argv.join(" ")).not.toContain("model_provider");
});

test("the session's file is looked for where Codex keeps its own", () => {
  const place = (variables: Readonly<Record<string, string>>): unknown =>
    codexAgent.follows?.file("id", contextOf({}, { variables }));
  expect(place({})).toEqual({ folder: "/home/.codex/sessions", ending: "-id.jsonl" });
  expect(place({ CODEX_HOME: "/c" })).toEqual({ folder: "/c/sessions", ending: "-id.jsonl" });
});
