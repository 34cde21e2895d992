import { relative, sep } from "node:path";
import { endpointProblem } from "../../agent/endpoint.ts";
import { pruneSessions } from "../../agent/prune-sessions.ts";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { loadDefaults } from "../../config/load.ts";
import { editByAgent } from "../../edit/edit-by-agent.ts";
import type { AuditRun } from "../../guard/audit/audit-run.ts";
import type { EditRequest, EditResult } from "../../edit/edit.ts";
import type { Policy } from "../../guard/policy/policy.ts";
import type { Host } from "../../fingerprint/tool/host.ts";
import type { Opened } from "../../open.ts";
import type { Agent } from "../../plugin/agent.ts";
import type { LoadedPlugin } from "../../plugin/load.ts";
import type { CliContext } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { headline } from "./agent-output.ts";
import type { Asked } from "./asked.ts";
import { createPurse, type Purse } from "./purse.ts";
import { agentsOf, chooseAgent, type ChosenAgent, type OfferedAgent } from "./choose-agent.ts";
import { editRequestOf, policyOf } from "./edit-request.ts";
import { keepRecord } from "./session-record.ts";
import { tellEvents } from "./tell-events.ts";

/** What a command that asks agents has. */
export interface CallTools {
  readonly opened: Opened;
  /** What of it loads the configuration counts. */
  readonly parsed: Parsed;
  readonly context: CliContext;
}

/** What asking takes beside what is asked. */
export interface AskPlace extends CallTools {
  /** Where what becomes of it is written down. */
  readonly audit: AuditRun;
  /** The user's own tree, absolute: agents are looked for there, and logs are kept; that of the repository where it is not said. */
  readonly ownTree?: string;
  /** Told what will be applied, before any of it is. */
  readonly beforeApplied?: EditRequest["beforeApplied"];
  /** What agents may still use; what the configuration says of a run and of a day where it is not said. */
  readonly purse?: Purse;
  /** What it may do, where that is known already: making it plans all checks. */
  readonly policy?: Policy;
}

/** What is told while an agent is asked. */
export interface AskTold {
  /** Who is asked, and within which bounds: before it begins. */
  readonly head: (line: string) => void;
  /** What the agent does, a line each. */
  readonly line: (line: string) => void;
}

/** An agent's work at its end. */
export interface AskedEdit {
  readonly name: string;
  /** Of its program, as far as that is known. */
  readonly version?: string | undefined;
  readonly result: EditResult;
  /** The folder of its log, from the repository root. */
  readonly log: string;
  readonly isDry: boolean;
}

/** Asks one agent, from its policy to the change in the user's tree. */
export async function askAgent(
  asked: Asked,
  place: AskPlace,
  told: AskTold,
): Promise<Result<AskedEdit, readonly Diagnostic[]>> {
  const { opened, parsed, context, audit, beforeApplied, purse = createPurse(opened) } = place;
  const { variables, home } = context.environment;
  const { ownTree = opened.repository.root } = place;
  const host: Host = { root: ownTree, env: variables, home };
  const chosen = await chosenFor(asked, { opened, context }, host);
  if (!chosen.ok) return chosen;
  const astray = await refusedEndpoint(chosen.value.agent, { opened, context });
  if (astray !== undefined) return fail([astray]);
  const whole = place.policy ?? policyOf(asked, { opened, environment: variables });
  const money = await purse.take(whole.budget.usd);
  if (!money.ok) return fail([money.error]);
  const { usd, spent } = money.value;
  let used = 0;
  const policy = usd === undefined ? whole : { ...whole, budget: { ...whole.budget, usd } };
  const request = {
    ...editRequestOf({ asked, parsed, context, opened, chosen: chosen.value, policy, ownTree }),
    audit,
    ...(beforeApplied === undefined ? {} : { beforeApplied }),
    on: tellEvents(told.line, opened.repository.root),
  };
  told.head(headline(chosen.value, policy, request));
  try {
    const edited = await editByAgent(request);
    pruneSessions(request.logFolder);
    if (!edited.ok) return fail([edited.error]);
    used = edited.value.agent.cost?.usd ?? 0;
    remember(asked, request, edited.value);
    const log = relative(ownTree, request.logFolder).split(sep).join("/");
    const { name, found } = chosen.value;
    return ok({ name, version: found.version, result: edited.value, log, isDry: asked.isDry });
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown)) throw thrown;
    return fail([fileSystemRefused(thrown.message)]);
  } finally {
    spent(used);
    request.groups.close();
  }
}

/** Where keys and code would go, by a variable that says so, and may not. */
async function refusedEndpoint(
  { endpoints = [] }: Agent,
  { opened, context: { environment } }: Pick<AskPlace, "opened" | "context">,
): Promise<Diagnostic | undefined> {
  const { settings, variables } = environment;
  if (settings.privateEndpoints ?? opened.config.settings.agents?.privateEndpoints ?? false) return undefined;
  for (const variable of endpoints) {
    const address = variables[variable];
    const problem = address === undefined || address === "" ? undefined : await endpointProblem({ variable, address });
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Keeps what was asked with its session: for `agent resume`, and for a task of the graph that was parked. */
function remember(asked: Asked, { place, repository, name, redactor }: EditRequest, result: EditResult): void {
  const { session, end, resetsAt } = result.agent;
  if (session === undefined) return;
  const isOver = isWell(result) && (result.isApplied || result.files.length === 0);
  // Whoever goes on says nothing of the task again: it is in the session.
  const said = Object.fromEntries(Object.entries(asked).filter(([name]) => name !== "reply")) as unknown as Asked;
  const kept = { ...said, task: redactor.text(asked.task), foreign: [] };
  keepRecord(place, {
    ...{
      v: 1,
      root: repository.root,
      agent: name,
      session,
      endedAt: new Date().toISOString(),
      end,
      isOver,
      asked: kept,
    },
    ...(resetsAt === undefined ? {} : { resetsAt }),
  });
}

/** The agents of which one would be asked. */
export async function agentsFor(
  { agent }: Pick<Asked, "agent">,
  opened: Opened,
  context: CliContext,
): Promise<Result<readonly OfferedAgent[], readonly Diagnostic[]>> {
  const plugins = await agentPlugins(opened, context);
  if (!plugins.ok) return plugins;
  const wanted = wantedAgent(agent, opened);
  return ok(agentsOf(plugins.value).filter(({ name }) => wanted === "auto" || name === wanted));
}

async function chosenFor(
  { agent }: Pick<Asked, "agent">,
  { opened, context }: Pick<AskPlace, "opened" | "context">,
  host: Host,
): Promise<Result<ChosenAgent, readonly Diagnostic[]>> {
  const plugins = await agentPlugins(opened, context);
  if (!plugins.ok) return plugins;
  const chosen = chooseAgent(wantedAgent(agent, opened), agentsOf(plugins.value), host);
  return chosen.ok ? chosen : fail([chosen.error]);
}

function wantedAgent(asked: string | undefined, { config }: Opened): string {
  return asked ?? config.settings.agents?.use ?? "auto";
}

/** Whether all that was asked is done, and where it was to be applied it is. */
export function isWell({ agent, violations, problem }: EditResult): boolean {
  return agent.end === "done" && violations.length === 0 && problem === undefined;
}

function fileSystemRefused(why: string): Diagnostic {
  return errorOf("SYM5073", `the agent's tree, its log or the audit log cannot be written: ${why}`, {
    hint: "look whether the disk is full, and who may write `.symbiotic`, `artifacts` and the folder for caches",
  });
}

/** The configuration's own plugins first: their options count. */
async function agentPlugins(
  { config }: Opened,
  context: CliContext,
): Promise<Result<readonly LoadedPlugin[], readonly Diagnostic[]>> {
  const taken = new Set(config.plugins.map(({ name }) => name));
  const loaded = await loadDefaults(context.agents.filter(({ name }) => !taken.has(name)));
  return loaded.ok ? ok([...config.plugins, ...loaded.value]) : loaded;
}
