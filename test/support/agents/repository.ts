import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { symbiotic, type Ran } from "../binary.ts";
import { ROOT } from "../places.ts";
import { createRepository, type Files, type TestRepository } from "../repository.ts";
import { startAnthropic } from "./anthropic-stub.ts";
import { startOpenAI } from "./openai-stub.ts";
import type { Script, Stub, Turn } from "./stub-server.ts";

/** The agents that are tried. */
export type AgentName = "claude" | "codex";

/** All of them. */
export const AGENT_NAMES: readonly AgentName[] = ["claude", "codex"];

/** A user's repository with the real command lines of the agents installed, and the vendor of one of them on this machine. */
export interface AgentRepository extends AsyncDisposable {
  readonly repository: TestRepository;
  readonly stub: Stub;
  readonly env: Readonly<Record<string, string>>;
  /** `symbiotic agent run`, with the agent named. */
  run(...args: readonly string[]): Promise<Ran>;
}

/** Makes it. `node_modules` and `.venv` are ignored. */
export async function agentRepository(name: AgentName, script: Script, files: Files = {}): Promise<AgentRepository> {
  const repository = createRepository({ ".gitignore": "node_modules/\n.venv/\n", "src/a.py": "one = 1\n", ...files });
  mkdirSync(join(repository.root, "node_modules"));
  const installed = join(ROOT, ".cache/agents/node_modules");
  for (const scope of ["@anthropic-ai", "@openai"])
    symlinkSync(join(installed, scope), join(repository.root, "node_modules", scope), "junction");
  const stub = name === "claude" ? await startAnthropic(script) : await startOpenAI(script);
  const vendor =
    name === "claude"
      ? { ANTHROPIC_API_KEY: "dummy", ANTHROPIC_BASE_URL: stub.url }
      : { OPENAI_API_KEY: "dummy", OPENAI_BASE_URL: stub.url };
  const env = { ...vendor, SYMBIOTIC_PRIVATE_ENDPOINTS: "1" };
  return {
    ...{ repository, stub, env },
    run: (...args) => symbiotic(repository, ["agent", "run", ...args, "--agent", name], { env }),
    async [Symbol.asyncDispose]() {
      await stub[Symbol.asyncDispose]();
      repository[Symbol.dispose]();
    },
  };
}

/** A new file as each agent's model asks for it. */
export function make(name: AgentName, path: string, text: string): Turn {
  const lines = text.split("\n").map((line) => `+${line}`);
  const patch = ["*** Begin Patch", `*** Add File: ${path}`, ...lines, "*** End Patch"].join("\n");
  return name === "claude"
    ? { calls: [{ name: "Write", input: { file_path: path, content: `${text}\n` } }] }
    : { calls: [{ name: "apply_patch", input: patch }] };
}

/** A command as each agent's model asks for it. */
export function shell(name: AgentName, command: string): Turn {
  return name === "claude"
    ? { calls: [{ name: "Bash", input: { command } }] }
    : { calls: [{ name: "exec_command", input: { cmd: command } }] };
}

/** The manifest as each agent's model gives it. */
export function manifest(name: AgentName, changed: readonly string[], plan = "Done as asked."): Turn {
  const value = { plan, changed_files: changed, followups: [] };
  return name === "claude" ? { calls: [{ name: "StructuredOutput", input: value }] } : { text: JSON.stringify(value) };
}
