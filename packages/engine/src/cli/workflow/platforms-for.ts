import { loadDefaults } from "../../config/load.ts";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { ProcessGroups } from "../../execute/process-groups.ts";
import type { Host } from "../../fingerprint/tool/host.ts";
import { findPlatformTool } from "../../platform/find-platform.ts";
import { platformEnvironment } from "../../platform/platform-environment.ts";
import type { PlatformHost } from "../../platform/platform-host.ts";
import type { Redactor } from "../../redact/redact.ts";
import type { CallTools } from "../agent/ask-agent.ts";

/** Who keeps stacks, and who has pull requests: of the platforms that are named the first that does. */
export type Publishers =
  | { readonly stack: PlatformHost; readonly pulls: PlatformHost | undefined }
  | { readonly stack: undefined; readonly pulls: PlatformHost };

/** What finding platforms takes. `opened` is the user's own tree: its configuration and its programs are the ones that count. */
export interface PlatformTools extends CallTools {
  readonly groups: ProcessGroups;
  readonly redactor: Redactor;
}

const ASK_MS = 60_000;

/** The platforms of these names, found and ready to be asked about a work tree. One that has nothing to do is an error. */
export async function platformsFor(
  names: readonly string[],
  root: string,
  tools: PlatformTools,
): Promise<Result<Publishers, readonly Diagnostic[]>> {
  const hosts: (readonly [string, PlatformHost])[] = [];
  for (const name of names) {
    const found = await namedPlatform(name, root, tools);
    if (!found.ok) return found;
    hosts.push([name, found.value.host]);
  }
  const stack = hosts.find(([, { platform }]) => platform.stack !== undefined)?.[1];
  const pulls = hosts.find(([, { platform }]) => platform.pulls !== undefined)?.[1];
  const idle = hosts.filter(([, host]) => host !== stack && host !== pulls);
  if (idle.length > 0) return fail(idle.map(([name]) => idlePlatform(name, names)));
  if (stack !== undefined) return ok({ stack, pulls });
  return pulls === undefined ? fail([unknownPlatform("", [])]) : ok({ stack, pulls });
}

/** The platform of this name with its tool, as a work tree asks it. */
export async function namedPlatform(
  name: string,
  root: string,
  { context, groups, redactor, opened }: PlatformTools,
): Promise<Result<{ readonly host: PlatformHost; readonly version: string }, readonly Diagnostic[]>> {
  const taken = new Set(opened.config.plugins.map((plugin) => plugin.name));
  const loaded = await loadDefaults(context.platforms.filter((each) => !taken.has(each.name)));
  if (!loaded.ok) return loaded;
  const plugins = [...opened.config.plugins, ...loaded.value];
  const found = plugins.flatMap(({ spec, options }) => {
    const { platforms = {} } = spec;
    const platform = Object.hasOwn(platforms, name) ? platforms[name] : undefined;
    return platform === undefined ? [] : [{ platform, options }];
  })[0];
  if (found === undefined)
    return fail([
      unknownPlatform(
        name,
        plugins.flatMap(({ spec }) => namesIn(spec.platforms)),
      ),
    ]);
  const { variables, home } = context.environment;
  // A program is the user's own, and none that a branch brings.
  const user: Host = { root: opened.repository.root, env: variables, home };
  const tool = await findPlatformTool(found.platform, user, groups);
  if (!tool.ok) return fail([tool.error]);
  const { program, version } = tool.value;
  const host: PlatformHost = {
    ...{ ...found, program, root, redactor, groups, timeoutMs: ASK_MS, signal: context.signal },
    ...{ commonDir: opened.repository.commonDir, environment: platformEnvironment(found.platform, user) },
  };
  return ok({ host, version });
}

function namesIn(platforms: object = {}): readonly string[] {
  return Object.keys(platforms);
}

function unknownPlatform(name: string, known: readonly string[]): Diagnostic {
  return errorOf("SYM7508", `no plugin offers a platform called \`${name}\``, {
    hint: `there is: ${[...new Set(known)].join(", ")}; correct \`issues.platform\`, or add the plugin`,
  });
}

function idlePlatform(name: string, names: readonly string[]): Diagnostic {
  return errorOf("SYM7461", `\`issues.platform\` names ${names.join(", ")}, and nothing is left to do for ${name}`, {
    hint: `name one that keeps stacks and one that has pull requests, or take out \`${name}\``,
  });
}
