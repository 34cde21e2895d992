import type { AgentContext, AgentRequest } from "@symbiotic-build/engine";
import { expect, test } from "vitest";
import { command } from "./command.ts";
import type { ClaudeOptions } from "./options.ts";

function contextOf(request: Partial<AgentRequest>, options: Partial<ClaudeOptions> = {}): AgentContext<ClaudeOptions> {
  return {
    options: { model: null, settings: ["project"], args: [], ...options },
    request: {
      prompt: "Do it.",
      cwd: "/checkout",
      folder: "/private",
      role: "write",
      writable: ["src/**"],
      commands: { allow: ["git diff"], deny: ["git push"] },
      network: false,
      budget: { milliseconds: 1000 },
      ...request,
    },
    tool: ["/bin/claude"],
    node: "/bin/node",
    home: "/home",
    variables: {},
  };
}

function flag(argv: readonly string[], name: string, count = 1): readonly string[] {
  return argv.slice(argv.indexOf(name) + 1).slice(0, argv.includes(name) ? count : 0);
}

test("the prompt is on standard input and nowhere else", () => {
  const made = command(contextOf({ prompt: "a secret plan" }));
  expect(made.stdin).toBe("a secret plan");
  expect(JSON.stringify([made.argv, made.env, made.files])).not.toContain("secret plan");
});

test("a writer may edit and run what is allowed; the network's tools are denied", () => {
  const { argv } = command(contextOf({}));
  expect(flag(argv, "--permission-mode")).toEqual(["acceptEdits"]);
  expect(flag(argv, "--tools")).toEqual(["Read,Glob,Grep,Edit,Write,NotebookEdit,Bash"]);
  expect(flag(argv, "--allowedTools")).toEqual(["Bash(git diff:*)"]);
  expect(flag(argv, "--disallowedTools", 3)).toEqual(["Bash(git push:*)", "WebFetch", "WebSearch"]);
});

test("a reader has no tool that writes, and without commands none that runs them", () => {
  const { argv, files } = command(contextOf({ role: "read", commands: { allow: [], deny: [] }, network: true }));
  expect(flag(argv, "--permission-mode")).toEqual(["dontAsk"]);
  expect(flag(argv, "--tools")).toEqual(["Read,Glob,Grep,WebFetch,WebSearch"]);
  expect(JSON.parse(files["claude-policy.json"] ?? "")).toMatchObject({ writable: [] });
});

test("limits, model, reply and session are flags of their own", () => {
  const reply = { type: "object" };
  const { argv } = command(
    contextOf({ reply, resume: "id", budget: { milliseconds: 1, turns: 3, usd: 0.5 } }, { model: "opus" }),
  );
  expect(flag(argv, "--max-turns")).toEqual(["3"]);
  expect(flag(argv, "--max-budget-usd")).toEqual(["0.5"]);
  expect(flag(argv, "--model")).toEqual(["opus"]);
  expect(flag(argv, "--json-schema")).toEqual(['{"type":"object"}']);
  expect(flag(argv, "--resume")).toEqual(["id"]);
});

test("a hook that cannot be started denies", () => {
  const settings = JSON.parse(command(contextOf({})).files["claude-settings.json"] ?? "") as {
    hooks: { PreToolUse: { hooks: { command: string }[] }[] };
  };
  expect(settings.hooks.PreToolUse[0]?.hooks[0]?.command).toBe(
    `"/bin/node" "/private/claude-hook.mjs" "/private/claude-policy.json" || exit 2`,
  );
});
