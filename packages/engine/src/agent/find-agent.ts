import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { INSTALLED_TOOLS, installedToolFolder } from "../fingerprint/tool/installed-tools.ts";
import { findOnPath, isProgram, variable, type Host } from "../fingerprint/tool/host.ts";
import type { Agent, AgentTool } from "../plugin/agent.ts";
import type { ToolInstall } from "../plugin/tool.ts";

/** An agent's command line that was found. */
export interface FoundAgent {
  /** How its command line begins. */
  readonly tool: readonly [string, ...string[]];
  /** Absent where only the program itself could say it. */
  readonly version?: string;
  /** Where it was found, for people. */
  readonly origin: string;
}

/** What `symbiotic doctor --install` is to install. */
export function agentInstall({ package: name, version }: AgentTool): ToolInstall {
  return { registry: "npm", package: name, version };
}

/**
 * Where an agent's command line is: in the repository's own `node_modules`, else where `symbiotic doctor --install` puts it,
 * else on PATH; nowhere else. The native program is started itself, so that no script of the package need have run.
 */
export function findAgent(tool: AgentTool, host: Host): FoundAgent | undefined {
  const installed = installedToolFolder(agentInstall(tool));
  const own = inModules(tool, join(host.root, "node_modules"), "node_modules");
  const found = own ?? inModules(tool, join(host.root, installed, "node_modules"), INSTALLED_TOOLS);
  if (found !== undefined) return found;
  const path = findOnPath(host, tool.bin);
  return path === undefined ? undefined : { tool: [path], origin: "PATH" };
}

/** Whether somebody is signed in, as far as that can be seen without asking the vendor. */
export function isSignedIn({ signIn }: Agent, host: Host): boolean {
  const hasKey = signIn.variables.some((name) => variable(host, name) !== undefined);
  return hasKey || signIn.files.some((file) => existsSync(join(host.home, file)));
}

function inModules(tool: AgentTool, modules: string, origin: string): FoundAgent | undefined {
  const folder = join(modules, tool.package);
  if (!existsSync(folder)) return undefined;
  // Where a package manager keeps packages elsewhere, what it depends on lies beside its real place.
  const real = join(realpathSync(folder), ...tool.package.split("/").map(() => ".."));
  const natives = tool.natives[`${process.platform}-${process.arch}`] ?? [];
  const places = [real, join(real, tool.package, "node_modules"), modules];
  const program = places.flatMap((place) => natives.map((path) => join(place, path))).find(isProgram);
  const version = versionOf(folder);
  if (program === undefined) return undefined;
  return { tool: [program], origin, ...(version === undefined ? {} : { version }) };
}

function versionOf(folder: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
      readonly version?: unknown;
    };
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}
