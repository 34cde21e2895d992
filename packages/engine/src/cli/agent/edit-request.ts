import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { tmpdir } from "node:os";
import type { EditRequest } from "../../edit/edit.ts";
import { createProcessGroups } from "../../execute/process-groups.ts";
import type { Variables } from "../../fingerprint/variables.ts";
import { policyFor, type Policy } from "../../guard/policy/policy.ts";
import { protectedConfigs } from "../../guard/policy/protected-configs.ts";
import { movedEnvironments } from "../../moved-environments.ts";
import { cacheDirectory, type Opened } from "../../open.ts";
import { plan } from "../../plan.ts";
import { guarded } from "../../plugin/guarded.ts";
import { createRedactor, type Redactor } from "../../redact/redact.ts";
import { secretValuesOf } from "../../redact/secret-name.ts";
import { userCache } from "../../staged/staged-place.ts";
import type { CliContext } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import type { Asked } from "./asked.ts";
import type { ChosenAgent } from "./choose-agent.ts";
import { runChecksOf } from "./run-checks.ts";

/** The policy of a call: what the configuration says of its role, and of that what is asked for leaves. */
export function policyOf(
  { role, files, budget: { usd, turns, tokens, seconds } }: Pick<Asked, "role" | "files" | "budget">,
  { opened, environment }: { readonly opened: Opened; readonly environment: Variables },
): Policy {
  const { settings } = opened.config;
  const policy = policyFor({
    role,
    setting: settings.guard,
    protect: protectedConfigs(configsOf(opened, environment)),
    ...(files === undefined ? {} : { files }),
    ...(settings.baseline === undefined ? {} : { baseline: settings.baseline }),
  });
  return {
    ...policy,
    budget: {
      ...policy.budget,
      ...(usd === undefined ? {} : { usd }),
      ...(turns === undefined ? {} : { turns }),
      ...(tokens === undefined ? {} : { tokens }),
      ...(seconds === undefined ? {} : { milliseconds: seconds * 1000 }),
    },
  };
}

/** What the repository's checks look up as their settings; where that cannot be told the usual files are protected all the same. */
function configsOf(opened: Opened, environment: Variables): Parameters<typeof protectedConfigs>[0] {
  const names = [...opened.index.targets.keys()];
  const planned = plan(opened, { names, filters: [], exclude: [], environment });
  if (!planned.ok) return [];
  return planned.value.graph.order.flatMap((task) => {
    const inputs = guarded(task.id, () => task.atom.inputs(task.context));
    return inputs.ok ? [inputs.value] : [];
  });
}

/** Redacts what a call leaves: secrets by their look, and the values of this user's variables that hold some. */
export function callRedactor({ environment: { variables } }: CliContext): Redactor {
  return createRedactor({ secretValues: secretValuesOf(variables) });
}

/** Where scratch trees and sessions of agents lie, absolute: never in the tree. */
export function agentsPlace(root: string, { environment: { home, variables } }: CliContext): string {
  const cache = userCache(root, { home, temporary: tmpdir(), environment: variables });
  return join(cache, "symbiotic", "agent");
}

/** By which a call is told from all others, sorted by when it began: several begin within a millisecond, in this process and in others. */
export function callId(startedAt: Date): string {
  const time = startedAt
    .toISOString()
    .replace(/[-:]/g, "")
    .replace(/\.(\d+)Z$/, "$1Z");
  return `${time}-${randomUUID().slice(0, 8)}`;
}

/** Where a call keeps what is to be looked at later, from the repository root. */
function logFolderOf(agent: string, id: string): string {
  return `artifacts/cli_runs/${agent}/${id}`;
}

/** A tree that agents work on copies of, and what is around it. */
export function treeOf(
  opened: Opened,
  context: CliContext,
): Pick<EditRequest, "repository" | "base" | "host" | "node" | "place" | "moveEnvironments"> {
  const { repository } = opened;
  const { variables, home } = context.environment;
  return {
    ...{ repository, base: repository.head, node: context.node, place: agentsPlace(repository.root, context) },
    host: { root: repository.root, env: variables, home },
    moveEnvironments: (roots, { folder, directories }) =>
      movedEnvironments(roots, {
        ...{ opened, folder, directories, environment: variables, home },
        cacheDir: cacheDirectory(opened, context.environment.settings.cacheDir),
      }),
  };
}

/** All that an edit takes, of what was asked and of what is there. The caller closes its process groups. */
export function editRequestOf(edit: {
  readonly asked: Asked;
  readonly parsed: Parsed;
  readonly context: CliContext;
  readonly opened: Opened;
  readonly chosen: ChosenAgent;
  readonly policy: Policy;
  /** The tree whose `artifacts` keep the log. */
  readonly ownTree: string;
}): Omit<EditRequest, "audit"> {
  const { asked, context, opened, chosen, policy, ownTree } = edit;
  const { task, foreign, checks, model, session, unsandboxed, isDry, isInPlace = false, reply } = asked;
  const id = callId(new Date());
  return {
    ...{ name: chosen.name, agent: chosen.agent, options: chosen.options, tool: chosen.found.tool },
    ...{ ...treeOf(opened, context), task, foreign, policy, unsandboxed, isDry, isInPlace },
    logFolder: join(ownTree, ...logFolderOf(chosen.name, id).split("/")),
    id,
    groups: createProcessGroups(),
    redactor: callRedactor(context),
    prices: opened.config.settings.agents?.prices ?? {},
    signal: context.signal,
    on: () => undefined,
    ...(checks.length === 0 ? {} : { checks: checksOf(edit) }),
    ...(model === undefined ? {} : { model }),
    ...(reply === undefined ? {} : { reply }),
    ...(session === undefined ? {} : { resume: { session } }),
    waitMs: (asked.waitMinutes ?? opened.config.settings.agents?.waitMinutes ?? 0) * 60_000,
  };
}

const ROUNDS = 3;

function checksOf({
  asked: { checks: names, rounds = ROUNDS },
  parsed,
  context,
  opened,
}: Parameters<typeof editRequestOf>[0]): NonNullable<EditRequest["checks"]> {
  return { run: runChecksOf({ names, parsed, context, opened }), rounds };
}
