import { execa } from "execa";
import { findAgent, isSignedIn, type FoundAgent } from "../../agent/find-agent.ts";
import type { Host } from "../../fingerprint/tool/host.ts";
import type { OfferedAgent } from "../agent/choose-agent.ts";

/** An agent that a plugin offers, as it is here. A type and not an interface: it is JSON. */
export type AgentRow = {
  readonly agent: string;
  /** `null` where it is not installed, or does not say. */
  readonly version: string | null;
  /** The release that the plugin is made for and tested with. */
  readonly pinned: string;
  readonly isSignedIn: boolean;
  /** Where it was found; `null` where it was not. */
  readonly origin: string | null;
};

/** So long a program may take to say its version. */
const PATIENCE = 10_000;

/** What there is of each agent. Starts one only where nothing else says its version, and asks nobody outside this machine. */
export function agentRows(
  agents: readonly OfferedAgent[],
  host: Host,
  signal: AbortSignal,
): Promise<readonly AgentRow[]> {
  const rows = agents.map(async ({ name, agent }): Promise<AgentRow> => {
    const found = findAgent(agent.tool, host);
    const version = found === undefined ? undefined : (found.version ?? (await askedVersion(found, host, signal)));
    return {
      ...{ agent: name, version: version ?? null, pinned: agent.tool.version },
      ...{ isSignedIn: isSignedIn(agent, host), origin: found?.origin ?? null },
    };
  });
  return Promise.all(rows);
}

/** What people read of a row: its version, where it is, and whether it can be asked. */
export function agentCells({ agent, version, pinned, isSignedIn: signedIn, origin }: AgentRow): readonly string[] {
  if (origin === null) return [`  ${agent}`, "not installed", `symbiotic doctor ${agent} --install`, ""];
  const shown = version ?? "does not say its version";
  const release = version === pinned ? shown : `${shown}; the plugin is made for ${pinned}`;
  return [`  ${agent}`, release, origin, signedIn ? "signed in" : "nobody is signed in"];
}

async function askedVersion(
  { tool }: FoundAgent,
  { env, root }: Host,
  signal: AbortSignal,
): Promise<string | undefined> {
  const [program, ...args] = tool;
  const done = await execa(program, [...args, "--version"], {
    ...{ cwd: root, env, extendEnv: false, stdin: "ignore", reject: false, windowsHide: true },
    ...{ timeout: PATIENCE, cancelSignal: signal },
  });
  return done.failed ? undefined : /\d+\.\d+\.\d+[\w.+-]*/.exec(done.stdout)?.[0];
}
