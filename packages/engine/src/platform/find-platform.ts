import { findAgent } from "../agent/find-agent.ts";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { runBounded } from "../execute/run-bounded.ts";
import type { ProcessGroups } from "../execute/process-groups.ts";
import { findOnPath, type Host } from "../fingerprint/tool/host.ts";
import type { Platform, PlatformTool } from "../plugin/platform.ts";
import { guarded } from "../plugin/guarded.ts";
import { platformEnvironment } from "./platform-environment.ts";

/** How long a tool may take to say its version. */
const VERSION_MS = 30_000;

/** A platform's tool that can be used. */
export interface FoundTool {
  /** Absolute. */
  readonly program: string;
  readonly version: string;
}

/**
 * Where a platform's tool is: a package of npm in the repository's own `node_modules`, else where `symbiotic doctor --install`
 * puts it, else on PATH; what is on PATH alone for all others. One that is too old, or does not say how old it is, is not used.
 */
export async function findPlatformTool(
  platform: Platform,
  host: Host,
  groups: ProcessGroups,
): Promise<Result<FoundTool, Diagnostic>> {
  const { tool, title } = platform;
  const program = locate(tool, host);
  if (program === undefined)
    return fail(errorOf("SYM7401", `${title} cannot be asked: there is no \`${tool.bin}\` here`, { hint: tool.hint }));
  const env = platformEnvironment(platform, host);
  const argv = [program, "--version"] as const;
  const ended = await runBounded({ argv, cwd: host.root, env, timeoutMs: VERSION_MS, groups });
  const said = guarded(`its plugin's \`versionIn\``, () => tool.versionIn(ended.stdout));
  if (!said.ok) return said;
  const version = ended.how === "ended" && ended.exitCode === 0 ? said.value : undefined;
  if (version !== undefined && !isOlder(version, tool.version)) return ok({ program, version });
  const what = version === undefined ? "does not say which version it is" : `is ${version}`;
  return fail(
    errorOf("SYM7402", `${title} cannot be asked: ${program} ${what}, and ${tool.version} or newer is needed`, {
      hint: tool.hint,
    }),
  );
}

function locate({ bin, version, npm }: PlatformTool, host: Host): string | undefined {
  if (npm === undefined) return findOnPath(host, bin);
  return findAgent({ bin, version, ...npm }, host)?.tool[0];
}

/** Whether a version is older than another one, by its numbers. */
export function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((each) => each.split(".").map((part) => Number.parseInt(part, 10) || 0));
  for (const [at, number] of (b ?? []).entries()) {
    const own = a?.[at] ?? 0;
    if (own !== number) return own < number;
  }
  return false;
}
