import { join } from "node:path";
import { OF_AGENTS } from "../../cache/layout.ts";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import type { Metric } from "../../core/evidence.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { AskedTask, EditedTask, EditTask, RunAgents } from "../../execute/edit-task.ts";
import { tokensOf } from "../../agent/usage.ts";
import { auditPlace } from "../../edit/edit-audit.ts";
import { openAuditRun } from "../../guard/audit/audit-run.ts";
import type { Policy } from "../../guard/policy/policy.ts";
import { openKeptChanges } from "../../edit/kept-changes.ts";
import { pinKey } from "../../edit/pin-key.ts";
import { violationDiagnostic } from "../../guard/violation.ts";
import { cacheDirectory } from "../../open.ts";
import { count } from "../../report/numbers.ts";
import type { Parsed } from "../../plugin/command.ts";
import { costOf } from "./agent-output.ts";
import { agentsFor, askAgent, isWell, type AskedEdit, type AskPlace, type CallTools } from "./ask-agent.ts";
import type { Asked } from "./asked.ts";
import { createPurse } from "./purse.ts";
import { agentsPlace, callRedactor, policyOf } from "./edit-request.ts";
import { recordsOf } from "./session-record.ts";

/** Asks agents for the tasks of a run; a change that is pinned is applied again without asking. */
export function runAgents(run: string, tools: CallTools): RunAgents {
  const { opened, context } = tools;
  const audit = openAuditRun(auditPlace(opened.repository), callRedactor(context), run);
  const place: AskPlace = { ...tools, audit, purse: createPurse(opened) };
  return { edit: editTaskFor(place), close: () => audit.close() };
}

function editTaskFor(place: AskPlace): EditTask {
  const { opened, parsed, context } = place;
  const pins = openKeptChanges(join(cacheDirectory(opened, context.environment.settings.cacheDir), OF_AGENTS.pins));
  const again = { root: opened.repository.root, signal: context.signal };
  return async (task) => {
    const asked = askedFor(task, parsed);
    // What is not pinned needs no key of its own, and is never applied again.
    const policy = policyOf(asked, { opened, environment: context.environment.variables });
    const key = task.ask.pin === true ? await keyOf(task, { asked, policy }, place) : undefined;
    if (key?.ok === false) return { problems: key.error };
    const replayed =
      key !== undefined && task.mayReplay
        ? await pins.replay(key.value, { ...again, id: `pin-${key.value.slice(0, 16)}` })
        : undefined;
    if (replayed !== undefined) return { edited: replayOf(replayed) };
    const goesOn = goOnWith(asked, place);
    if (!goesOn.ok) return { problems: [goesOn.error] };
    const edited = await askAgent(goesOn.value, { ...place, policy }, { head: task.line, line: task.line });
    if (!edited.ok) return { problems: edited.error };
    const { result } = edited.value;
    if (key !== undefined && isWell(result)) pins.keep(key.value, result.files);
    return { edited: settled(edited.value) };
  };
}

/** The same session, where a usage limit broke it off; until that is reset nobody is asked. */
function goOnWith(asked: Asked, { opened, context }: AskPlace): Result<Asked, Diagnostic> {
  const { root } = opened.repository;
  const last = recordsOf(agentsPlace(root, context), root).find((record) => record.asked.of === asked.of);
  if (last?.end !== "usage-limit" || last.asked.task !== asked.task) return ok(asked);
  const { resetsAt, agent, session } = last;
  if (resetsAt !== undefined && Date.parse(resetsAt) > Date.now()) return fail(stillParked(agent, resetsAt));
  // A task may be gone on with any number of times: its own words are what the next run knows it by.
  return ok({ ...asked, agent, session });
}

function stillParked(agent: string, until: string): Diagnostic {
  return errorOf("SYM5114", `${agent} is parked: the usage limit of its vendor is reset at ${until}`, {
    hint: "run it again after that, and the same session goes on; or name another agent for the task",
  });
}

/** Flags of a run say nothing of agents: what the task says counts. */
function askedFor({ id, ask }: AskedTask, { flags }: Parsed): Asked {
  const { task, role = "developer", write, foreign = [], checks = [], rounds, agent, model, budget = {}, reply } = ask;
  return {
    ...{
      of: id,
      task,
      role,
      foreign,
      checks,
      files: write,
      budget,
      unsandboxed: flags.has("unsandboxed"),
      isDry: false,
    },
    ...(rounds === undefined ? {} : { rounds }),
    ...(agent === undefined ? {} : { agent }),
    ...(model === undefined ? {} : { model }),
    ...(reply === undefined ? {} : { reply }),
  };
}

/**
 * What a change is kept under: all that the task depends on, who may be asked, and what it may do. Nobody has to be signed in, or even
 * installed, to apply it again.
 */
async function keyOf(
  { key }: AskedTask,
  { asked, policy }: { readonly asked: Asked; readonly policy: Policy },
  { opened, context }: AskPlace,
): Promise<Result<string, readonly Diagnostic[]>> {
  const agents = await agentsFor(asked, opened, context);
  if (!agents.ok) return agents;
  const releases = agents.value.map(({ name, agent }) => `${name} ${agent.tool.version}`);
  return ok(pinKey({ key, agents: [...releases, asked.model ?? ""], policy }));
}

function settled({ result, log }: AskedEdit): EditedTask {
  const { agent, files, violations, problem, isApplied, checked } = result;
  const cost = costOf(agent);
  const problems = [agent.problem, ...violations.map(violationDiagnostic), problem].filter(
    (each) => each !== undefined,
  );
  const isOk = isWell(result);
  const what = files.length === 0 ? "nothing changed" : count(files.length, "file");
  return {
    status: isOk ? "ok" : "failed",
    summary: [isOk ? what : (problems[0]?.message ?? "it came to no end"), ...cost, `log ${log}`].join(", "),
    files: isApplied ? files.map(({ path }) => path) : [],
    isReplay: false,
    metrics: metricsOf(result, checked?.round),
    diagnostics: problems,
  };
}

function metricsOf({ agent }: AskedEdit["result"], rounds = 1): Metric[] {
  return [
    ...(agent.cost === undefined
      ? []
      : [{ name: agent.cost.estimate === true ? "cost (estimate)" : "cost", value: agent.cost.usd, unit: "usd" }]),
    { name: "turns", value: agent.turns, unit: "count" },
    { name: "tokens", value: tokensOf(agent.usage), unit: "count" },
    { name: "rounds", value: rounds, unit: "count" },
  ];
}

function replayOf({
  files,
  problem,
}: {
  readonly files: readonly string[];
  readonly problem?: Diagnostic;
}): EditedTask {
  const what = files.length === 0 ? "nothing to change" : count(files.length, "file");
  return {
    status: problem === undefined ? "ok" : "failed",
    summary: problem === undefined ? `replayed: ${what}, nobody was asked` : problem.message,
    files,
    isReplay: true,
    metrics: [],
    diagnostics: problem === undefined ? [] : [problem],
  };
}
