import type { AgentCommand, AgentContext, AgentRequest } from "@symbiotic-build/engine";
import { HOOK, hookPolicy } from "./hook.ts";
import type { ClaudeOptions } from "./options.ts";

/**
 * The names of the files that it needs. What the hook is told lies outside the checkout, as the hook does: the agent could
 * write itself a policy.
 */
const FILES = { hook: "claude-hook.mjs", policy: "claude-policy.json", settings: "claude-settings.json" };

/** The command line of Claude Code for a request. The prompt is on its standard input. */
export function command({ options, request, tool, node }: AgentContext<ClaudeOptions>): AgentCommand {
  const model = request.model ?? options.model;
  const [hook, policy, settings] = [FILES.hook, FILES.policy, FILES.settings].map((name) => pathIn(request, name));
  return {
    argv: [
      ...tool,
      ...["-p", "--output-format", "stream-json", "--verbose"],
      ...["--permission-mode", request.role === "write" ? "acceptEdits" : "dontAsk"],
      ...["--setting-sources", options.settings.join(","), "--strict-mcp-config", "--settings", String(settings)],
      ...["--tools", toolsOf(request).join(",")],
      ...listOf("--allowedTools", allowed(request)),
      ...listOf("--disallowedTools", denied(request)),
      ...(model === null ? [] : ["--model", model]),
      ...(request.reply === undefined ? [] : ["--json-schema", JSON.stringify(request.reply)]),
      ...(request.budget.turns === undefined ? [] : ["--max-turns", String(request.budget.turns)]),
      ...(request.budget.usd === undefined ? [] : ["--max-budget-usd", String(request.budget.usd)]),
      ...(request.resume === undefined ? [] : ["--resume", request.resume]),
      ...options.args,
    ],
    env: ENVIRONMENT,
    files: {
      [FILES.hook]: HOOK,
      [FILES.policy]: JSON.stringify(hookPolicy(request)),
      [FILES.settings]: JSON.stringify(settingsOf(`${quoted(node)} ${quoted(String(hook))} ${quoted(String(policy))}`)),
    },
    stdin: request.prompt,
  };
}

/**
 * One try of its own, and no more: the engine tries again. By the one it says what the vendor told of how long to wait, and is
 * then ended.
 */
const ENVIRONMENT = {
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  CLAUDE_CODE_MAX_RETRIES: "1",
  DISABLE_AUTOUPDATER: "1",
} as const;

const READ = ["Read", "Glob", "Grep"];
const WRITE = ["Edit", "Write", "NotebookEdit"];
const NETWORK = ["WebFetch", "WebSearch"];

/** The tools that there are. What starts further agents, waits, or works in the background is none of them: nobody would count it. */
function toolsOf(request: AgentRequest): string[] {
  return [
    ...READ,
    ...(request.role === "write" ? WRITE : []),
    ...(request.commands.allow.length > 0 ? ["Bash"] : []),
    ...(request.network ? NETWORK : []),
  ];
}

function allowed({ commands, network }: AgentRequest): string[] {
  const bash = commands.allow.includes("*") ? ["Bash"] : commands.allow.map((words) => `Bash(${words}:*)`);
  return [...bash, ...(network ? NETWORK : [])];
}

function denied({ commands, network, role }: AgentRequest): string[] {
  return [
    ...commands.deny.filter((words) => words !== "*").map((words) => `Bash(${words}:*)`),
    ...(commands.deny.includes("*") ? ["Bash"] : []),
    ...(network ? [] : NETWORK),
    ...(role === "write" ? [] : WRITE),
  ];
}

function listOf(flag: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [flag, ...items];
}

/** A hook that cannot be started would let everything pass: whatever else it ends with denies, too. */
function settingsOf(hook: string): object {
  return {
    hooks: {
      PreToolUse: [{ matcher: "*", hooks: [{ type: "command", command: `${hook} || exit 2`, timeout: 30 }] }],
    },
  };
}

function pathIn({ folder }: AgentRequest, name: string): string {
  return `${folder}/${name}`;
}

/** For the shell that starts hooks. */
function quoted(word: string): string {
  return `"${word.replaceAll(/["$`\\]/g, String.raw`\$&`)}"`;
}
