import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { AgentEvent, AgentRequest, PluginUse } from "@symbiotic-build/engine";
import type { AgentResult, Drive } from "../../../packages/engine/src/agent/drive.ts";
import { driveAgent } from "../../../packages/engine/src/agent/drive-agent.ts";
import { findAgent } from "../../../packages/engine/src/agent/find-agent.ts";
import { createProcessGroups } from "../../../packages/engine/src/execute/process-groups.ts";
import { createRedactor } from "../../../packages/engine/src/redact/redact.ts";
import { claude } from "../../../packages/plugin-claude/src/index.ts";
import { codex } from "../../../packages/plugin-codex/src/index.ts";
import { ROOT } from "../places.ts";
import { startAnthropic } from "./anthropic-stub.ts";
import { startOpenAI } from "./openai-stub.ts";
import type { Script, Stub } from "./stub-server.ts";
import { processesOf } from "../processes.ts";

/** The agents that are driven. */
export type AgentName = "claude" | "codex";

/** The real command line of an agent in a checkout and a home of its own, and its vendor on this machine. */
export interface AgentRig extends AsyncDisposable {
  /** The checkout, absolute. */
  readonly root: string;
  readonly home: string;
  readonly stub: Stub;
  /** What it told so far. */
  readonly events: readonly AgentEvent[];
  /** Where the next session's log goes, absolute. */
  readonly logFolder: string;
  /** Drives it once. */
  drive(more?: DriveMore): Promise<AgentResult>;
  /** The text of a file of the checkout; `undefined` where it is not there. */
  read(path: string): string | undefined;
  /** Processes that have this home and still run. Linux. */
  left(): readonly string[];
}

/** What a test changes of a drive. */
export interface DriveMore {
  readonly request?: Partial<AgentRequest>;
  readonly drive?: Partial<Pick<Drive, "known" | "prices" | "retries" | "signal" | "on" | "clock" | "options">>;
  readonly env?: Readonly<Record<string, string>>;
}

const AGENTS = {
  claude: { use: claude(), start: startAnthropic, env: claudeEnvironment },
  codex: { use: codex(), start: startOpenAI, env: codexEnvironment },
} as const;

function claudeEnvironment(url: string): Readonly<Record<string, string>> {
  return { ANTHROPIC_API_KEY: "dummy", ANTHROPIC_BASE_URL: url };
}

function codexEnvironment(url: string): Readonly<Record<string, string>> {
  return { OPENAI_API_KEY: "dummy", OPENAI_BASE_URL: url };
}

/** Makes the place and starts the vendor. */
export async function agentRig(name: AgentName, script: Script): Promise<AgentRig> {
  const place = realpathSync.native(mkdtempSync(join(tmpdir(), `agent-${name}-`)));
  const [root, home, temporary] = ["checkout", "home", "tmp"].map((folder) => join(place, folder)) as [
    string,
    string,
    string,
  ];
  for (const folder of [root, home, temporary]) mkdirSync(folder);
  execFileSync("git", ["init", "--quiet", root]);
  const { use, start, env } = AGENTS[name];
  const stub = await start(script);
  const groups = createProcessGroups();
  const events: AgentEvent[] = [];
  const agent = Object.values(use.spec.agents ?? {})[0]!;
  const found = findAgent(agent.tool, { root: join(ROOT, ".cache/agents"), env: {}, home });
  if (found === undefined) throw new Error(`${agent.title} is not installed: run \`node scripts/setup.mjs\``);
  let drives = 0;
  const logFolder = (): string => join(place, "logs", String(drives));
  return {
    root,
    home,
    stub,
    events,
    get logFolder() {
      return logFolder();
    },
    async drive(more = {}) {
      drives += 1;
      return driveAgent({
        agent,
        options: parsed(use),
        tool: found.tool,
        node: process.execPath,
        home,
        environment: {
          PATH: "/usr/bin:/bin",
          HOME: home,
          TERM: "dumb",
          TMPDIR: temporary,
          ...env(stub.url),
          ...more.env,
        },
        groups,
        logFolder: logFolder(),
        redactor: createRedactor({ secretValues: [] }),
        retries: { attempts: 2, firstMs: 20, mostMs: 20 },
        on: (event) => events.push(event),
        ...more.drive,
        request: { ...requestIn(root, join(place, "private", String(drives)), name), ...more.request },
      });
    },
    read: (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : undefined),
    left: () => processesOf(home),
    async [Symbol.asyncDispose]() {
      await groups.terminateAll();
      groups.close();
      await stub[Symbol.asyncDispose]();
      rmSync(place, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    },
  };
}

function parsed({ spec, options }: PluginUse): Drive["options"] {
  return spec.options.parse(options) as Drive["options"];
}

function requestIn(cwd: string, folder: string, name: AgentName): AgentRequest {
  return {
    prompt: "Do what is to be done.",
    cwd,
    folder,
    role: "write",
    writable: ["**"],
    commands: { allow: ["*"], deny: [] },
    network: false,
    budget: { milliseconds: 60_000 },
    // Of others it does not know how they edit.
    ...(name === "codex" ? { model: "gpt-5.5" } : {}),
  };
}

/** Writes a file into a checkout. */
export function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
