import { copyFileSync, existsSync, mkdirSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Variables } from "../fingerprint/variables.ts";
import type { Agent } from "../plugin/agent.ts";
import { movedText } from "../staged/moved-text.ts";
import { copyInstalled, type MoveEnvironments } from "./installed.ts";
import { OWN_VARIABLES, passedVariables } from "./passed-variables.ts";
import { seenPlaces } from "./seen-places.ts";
import type { Host } from "../fingerprint/tool/host.ts";
import type { Scratch } from "../guard/scratch/scratch.ts";
import { sandboxWords } from "../guard/sandbox/sandbox.ts";

/** What surrounds an agent: where it works and lives, which variables it has, and what its command line is put behind. */
export interface Surroundings {
  /** Where the tree lies for it, absolute. */
  readonly cwd: string;
  /** For files that its command needs; absolute. */
  readonly folder: string;
  readonly home: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly wrap: (argv: readonly [string, ...string[]]) => readonly [string, ...string[]];
  /** Where for us lies what the agent sees at a place. */
  readonly outside: (path: string) => string;
}

/** What they are made of. */
export interface SurroundingsRequest {
  readonly agent: Agent;
  readonly tool: readonly [string, ...string[]];
  readonly node: string;
  readonly scratch: Scratch;
  readonly host: Host;
  /** The agent's home, absolute. */
  readonly home: string;
  /** The program of bubblewrap; without it nothing holds the agent. */
  readonly bubblewrap: string | undefined;
  readonly moveEnvironments: MoveEnvironments;
  /** It may write nothing: in a sandbox it cannot. */
  readonly isReader: boolean;
}

/**
 * Makes them. The agent's home gets a copy of what shows that its user is signed in. In the sandbox the scratch tree stands where the user's tree is, with what is installed there, which
 * it can read; of all else of the user's it sees nothing. Throws what the file system throws.
 */
export function surroundings(request: SurroundingsRequest): Surroundings {
  const { agent, scratch, host, home, bubblewrap } = request;
  bringSignIn(agent, host, home);
  const folder = join(scratch.folder, "request");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const more = [...agent.variables, ...agent.signIn.variables];
  const given = (env: Variables): Record<string, string> => passedVariables({ ...host, env }, more);
  if (bubblewrap === undefined) {
    const moved = copyInstalled(scratch, request.moveEnvironments);
    const environment = { ...given(moved), ...OWN_VARIABLES, HOME: home, USERPROFILE: home };
    return { cwd: scratch.roots.to, folder, home, environment, wrap: (argv) => argv, outside: (path) => path };
  }
  return {
    ...held(request, { home, folder, bubblewrap }),
    environment: { ...given(host.env), ...OWN_VARIABLES, HOME: host.home },
  };
}

function held(
  { scratch, host, tool, node, isReader }: SurroundingsRequest,
  { home, folder, bubblewrap }: { readonly home: string; readonly folder: string; readonly bubblewrap: string },
): Omit<Surroundings, "environment"> {
  const { from, to } = scratch.roots;
  const { mounted = [], hidden = [], shown = [] } = scratch.inPlace?.mounts ?? {};
  const words = sandboxWords({
    tree: { from: to, at: from, isReadOnly: isReader },
    home: { from: home, at: host.home },
    readable: seenPlaces(scratch, [tool[0], node], host),
    mounted: [{ from: realpathSync(scratch.objects), at: scratch.objects }, ...mounted],
    ...{ hidden, shown },
    writable: [folder],
    network: true,
    cwd: from,
  });
  const outside = (path: string): string =>
    movedText(path, [
      [host.home, home],
      [from, to],
    ]);
  return { cwd: from, folder, home: host.home, wrap: (argv) => [bubblewrap, ...words, "--", ...argv], outside };
}

/** What shows that somebody is signed in is read from the user's home each time; what the agent makes of it stays in its own. */
function bringSignIn({ signIn }: Agent, { home: from }: Host, to: string): void {
  for (const file of signIn.files) {
    if (!existsSync(join(from, file))) continue;
    mkdirSync(dirname(join(to, file)), { recursive: true, mode: 0o700 });
    copyFileSync(join(from, file), join(to, file));
  }
}
