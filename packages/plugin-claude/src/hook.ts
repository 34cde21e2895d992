import type { AgentRequest } from "@symbiotic-build/engine";
import { globPattern } from "./glob-pattern.ts";

/** What the hook decides by: sources of regular expressions over paths below the checkout, and over commands. */
export interface HookPolicy {
  readonly root: string;
  readonly writable: readonly string[];
  readonly protected: readonly string[];
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

/** The policy of a request. */
export function hookPolicy({ cwd, role, writable, commands }: AgentRequest): HookPolicy {
  return {
    root: cwd,
    writable: role === "write" ? writable.map(globPattern) : [],
    protected: ["^\\.git(/|$)"],
    allow: commands.allow.map(commandPattern),
    deny: commands.deny.map(commandPattern),
  };
}

function commandPattern(words: string): string {
  if (words === "*") return "";
  const escaped = words.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return `^${escaped.replaceAll(/\s+/g, String.raw`\s+`)}(\\s|$)`;
}

/**
 * A program that Claude Code asks before it uses a tool: exit code 2 denies, and what is on standard error is told to the
 * model. It depends on nothing but Node. A line of several commands is taken apart; where something in it is made by the shell
 * itself only `*` allows it.
 */
export const HOOK: string = String.raw`import { readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";

const policy = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { tool_name: tool, tool_input: input } = JSON.parse(readFileSync(0, "utf8"));
const matches = (patterns, text) => patterns.some((pattern) => new RegExp(pattern).test(text));
const deny = (why) => {
  process.stderr.write(why);
  process.exit(2);
};

function realOf(path) {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realOf(above), basename(path));
  }
}

function checkPath(path) {
  const root = realOf(policy.root);
  const inside = relative(root, realOf(resolve(root, path))).split(sep).join("/");
  if (inside === "" || inside === ".." || inside.startsWith("../") || resolve(inside) === inside)
    deny("the policy allows no writing outside the checkout: " + path);
  if (matches(policy.protected, inside) || !matches(policy.writable, inside))
    deny("the policy allows no writing here: " + path);
}

function plain(part) {
  const words = part.trim().replace(/^(?:[A-Za-z_]\w*=\S*\s+)+/, "");
  return words.replace(/^(\S*\/)(?=[^\s/]+)/, "");
}

function checkCommand(line) {
  const isMade = /[$\x60]\(|\x60|<\(|>\(/.test(line);
  const parts = line.split(/&&|\|\||[;|&\n(){}\x60]/).map(plain).filter((part) => part !== "");
  for (const part of parts) if (matches(policy.deny, part)) deny("the policy denies this command: " + part);
  if (policy.allow.includes("")) return;
  if (isMade) deny("the policy allows no command within a command");
  for (const part of parts) if (!matches(policy.allow, part)) deny("the policy does not allow this command: " + part);
}

if (tool === "Bash") checkCommand(String(input.command));
else if (typeof input.notebook_path === "string") checkPath(input.notebook_path);
else if (/^(Write|Edit|MultiEdit|NotebookEdit)$/.test(tool)) checkPath(String(input.file_path));
`;
