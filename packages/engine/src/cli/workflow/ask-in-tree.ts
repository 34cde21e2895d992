import type { Diagnostic } from "../../core/diagnostic.ts";
import type { JsonValue } from "../../core/json.ts";
import { ok } from "../../core/result.ts";
import { violationDiagnostic } from "../../guard/violation.ts";
import type { AgentEnd } from "../../plugin/agent.ts";
import type { AskInTree, Step, StepEnd } from "../../plugin/workflow.ts";
import { brokenEnd, type ToldStep } from "../../workflow/run-steps.ts";
import { askAgent, isWell, type AskedEdit } from "../agent/ask-agent.ts";
import type { Asked } from "../agent/asked.ts";
import { costOf } from "../agent/agent-output.ts";
import { openAccepted, type Accepted } from "./accepted.ts";
import { foundIn } from "./found-in.ts";
import type { StepTools } from "./step-tools.ts";
import type { UsedTree } from "./trees.ts";

/** Ends after which the same may go well another time. */
const FLEETING: ReadonlySet<AgentEnd> = new Set(["usage-limit", "timeout", "crashed", "budget", "turn-limit"]);

/**
 * Has an agent work on a copy of a tree; what may be applied is, and is committed. What was accepted stands written down before any of it is
 * applied: a step that was killed after that is completed, and nobody is asked again.
 */
export async function askInTree(step: Step, work: AskInTree, tools: StepTools, told: ToldStep): Promise<StepEnd> {
  const used = await tools.trees.use(work.tree, told.before);
  if (!used.ok) return brokenBy(used.error);
  const tree = used.value;
  const accepted = openAccepted(step, work.tree, tools);
  const earlier = accepted.read();
  if (earlier !== undefined) return complete(work, { tree, tools, accepted, end: earlier });
  const ready = tree.check();
  if (ready.length > 0) return brokenBy(ready);
  const place = { ...tools, opened: tree.opened, ownTree: tools.opened.repository.root };
  const edited = await askAgent(
    askedOf(work, tools, step),
    {
      ...place,
      beforeApplied: ({ agent, files }) => {
        accepted.keep(files, {
          ...{ status: "ok", summary: "" },
          data: { reply: agent.reply ?? null, ...paidOf(agent), files: files.map(({ path }) => path) },
        });
      },
    },
    { head: told.line, line: told.line },
  );
  if (!edited.ok) return brokenBy(edited.error);
  const { result } = edited.value;
  if (!isWell(result)) {
    // What was accepted and could not be applied, or not be written down, is completed by who goes on.
    if (accepted.read() !== undefined && result.problem !== undefined) return brokenBy([result.problem]);
    accepted.forget();
    return refusedEnd(edited.value);
  }
  const end = accepted.read();
  if (end !== undefined) return complete(work, { tree, tools, accepted, end });
  const summary = [work.told(result.agent.reply ?? null), ...costOf(result.agent)].join(", ");
  const data = { reply: result.agent.reply ?? null, ...paidOf(result.agent), files: [], commit: null, head: tree.head };
  const found = foundIn(tree.opened, work, {
    tool: edited.value.name,
    reply: result.agent.reply ?? null,
    redactor: tools.redactor,
  });
  return { status: "ok", summary, data, ...(found === undefined ? {} : { found }) };
}

/** What of it is applied is committed; what of it is not yet is applied first. */
async function complete(
  { message, told }: AskInTree,
  {
    tree,
    tools,
    accepted,
    end,
  }: { readonly tree: UsedTree; readonly tools: StepTools; readonly accepted: Accepted; readonly end: StepEnd },
): Promise<StepEnd> {
  const applied = await accepted.apply(tree, tools.context.signal);
  if (!applied.ok) return brokenBy([applied.error]);
  const paths = end.data["files"] as readonly string[];
  // A run that was killed may have committed it, and not come to say so.
  const commit = tree.uncommitted(paths) ? await tree.commit(paths, message) : ok(tree.head);
  if (!commit.ok) return brokenBy(commit.error);
  await tools.audit.append("committed", { branch: tree.branch, commit: commit.value, files: [...paths] });
  const files = `${String(paths.length)} ${paths.length === 1 ? "file" : "files"} as ${commit.value.slice(0, 8)}`;
  const summary = [told(end.data["reply"] ?? null), files].join(", ");
  return { ...end, summary, data: { ...end.data, commit: commit.value, head: commit.value } };
}

function askedOf({ ask }: AskInTree, { unsandboxed, run }: StepTools, { id }: Step): Asked {
  const { task, role = "developer", write, foreign = [], agent, model, budget = {}, reply } = ask;
  return {
    ...{ task, role, foreign, checks: [], files: write, budget, unsandboxed, isDry: false, reply, of: `${run}/${id}` },
    ...(agent === undefined ? {} : { agent }),
    ...(model === undefined ? {} : { model }),
  };
}

function refusedEnd({ result, log }: AskedEdit): StepEnd {
  const { agent, violations, problem } = result;
  const why = [agent.problem, ...violations.map(violationDiagnostic), problem].filter((each) => each !== undefined);
  const reason = why.map(({ code, message }) => `${code} ${message}`).join("; ");
  const status = violations.length === 0 && FLEETING.has(agent.end) ? "broken" : "failed";
  const parked = agent.resetsAt === undefined ? {} : { parkedUntil: agent.resetsAt };
  return {
    ...{ status, summary: why[0]?.message ?? "it came to no end", reason, diagnostics: why },
    data: { end: agent.end, log, ...paidOf(agent), ...parked },
  };
}

function paidOf({ session, cost, turns }: AskedEdit["result"]["agent"]): { readonly [key: string]: JsonValue } {
  return {
    turns,
    ...(session === undefined ? {} : { session }),
    ...(cost === undefined ? {} : { usd: cost.usd, isEstimate: cost.estimate === true }),
  };
}

/** The end of a step that could not be done, for these reasons. */
export function brokenBy(problems: readonly Diagnostic[]): StepEnd {
  const reason = problems.map(({ code, message }) => `${code} ${message}`).join("; ");
  return { ...brokenEnd(reason || "it could not be done"), diagnostics: problems };
}
