import { remoteThere } from "../../commit/branch-to-push.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { createProcessGroups } from "../../execute/process-groups.ts";
import type { PlatformHost } from "../../platform/platform-host.ts";
import { runOperation } from "../../platform/run-operation.ts";
import { stackState } from "../../platform/stack.ts";
import { unfitPlace } from "../../platform/unfit-place.ts";
import type { CallTools } from "../agent/ask-agent.ts";
import { callRedactor } from "../agent/edit-request.ts";
import type { Repository } from "../../workspace/git/repository.ts";
import { platformsFor } from "./platforms-for.ts";
import { REMOTE } from "./publish-by-pulls.ts";

/** `look`: nothing is started that could change anything. */
export type Asking = "look" | "ask";

/**
 * What keeps a workflow from publishing on these platforms, as far as it can be known before it begins: nobody is to work for an hour and
 * then to hear that a tool is missing.
 */
export async function unreadyPlatforms(
  names: readonly string[],
  tools: CallTools,
  how: Asking,
): Promise<readonly Diagnostic[]> {
  if (names.length === 0) return [];
  const groups = createProcessGroups();
  try {
    const { context, opened } = tools;
    const place = { ...tools, groups, redactor: callRedactor(context) };
    const found = await platformsFor(names, opened.repository.root, place);
    if (!found.ok) return found.error;
    const { stack, pulls } = found.value;
    const remote = stack === undefined ? remoteProblem(opened.repository) : undefined;
    return [
      ...(remote === undefined ? [] : [remote]),
      ...(await stackProblems(stack, how)),
      ...(await pullProblems(pulls)),
    ];
  } finally {
    await groups.terminateAll();
    groups.close();
  }
}

/** A plain branch is pushed with git: Graphite knows itself where to. */
function remoteProblem(repository: Repository): Diagnostic | undefined {
  const found = remoteThere(repository, REMOTE);
  return found.ok ? undefined : found.error;
}

async function stackProblems(host: PlatformHost | undefined, how: Asking): Promise<readonly Diagnostic[]> {
  if (host === undefined) return [];
  // Whoever keeps stacks writes down what it saw, whatever it is asked.
  if (how === "look") return [unfitPlace(host)].filter((each) => each !== undefined);
  const state = await stackState(host);
  return state.ok ? [] : [state.error];
}

/** A platform that cannot be reached now may be by then. */
async function pullProblems(host: PlatformHost | undefined): Promise<readonly Diagnostic[]> {
  if (host?.platform.pulls === undefined) return [];
  const unfit = unfitPlace(host);
  if (unfit !== undefined) return [unfit];
  const signedIn = await runOperation(host, host.platform.pulls.signedIn, null);
  if (signedIn.ok) return [];
  const { kind, diagnostic } = signedIn.error;
  return kind === "signed out" || kind === "forbidden" ? [diagnostic] : [];
}
