import { join } from "node:path";
import { driveAgent } from "../agent/drive-agent.ts";
import type { AgentResult } from "../agent/drive.ts";
import { joinResults } from "../agent/join-results.ts";
import { leftOfBudget } from "../agent/left-of-budget.ts";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { checkManifest } from "../guard/diff/check-manifest.ts";
import { judgeDiff } from "../guard/diff/judge-diff.ts";
import type { Scratch } from "../guard/scratch/scratch.ts";
import type { Violation } from "../guard/violation.ts";
import type { AgentBudget } from "../plugin/agent.ts";
import { changedFiles, type ChangedFile } from "./changed-files.ts";
import { checkChange } from "./check-change.ts";
import type { EditRequest, EditResult } from "./edit.ts";
import { MANIFEST, readManifest, type Manifest } from "./manifest.ts";
import { promptFor } from "./prompt.ts";
import type { Surroundings } from "./surroundings.ts";

/** What came of an agent's work, before anything of it is applied. */
export interface Worked {
  readonly agent: AgentResult;
  readonly manifest?: Manifest;
  readonly changed: readonly ChangedFile[];
  readonly violations: readonly Violation[];
  readonly checked?: EditResult["checked"];
  /** Why it cannot be applied, beside violations. */
  readonly problem?: Diagnostic;
}

/** Where an agent works. */
export interface WorkPlace {
  readonly scratch: Scratch;
  readonly around: Surroundings;
  /** The program of bubblewrap. */
  readonly sandbox: string | undefined;
}

/** One call of the agent. */
interface Round {
  readonly prompt: string;
  readonly resume?: EditRequest["resume"];
  readonly budget: AgentBudget;
  readonly logFolder: string;
}

const AGAIN =
  "The checks of this repository do not pass with what you changed. Mend that, with as small a change as will do. In `changed_files` name all that you changed since the beginning.";

/**
 * Has the agent work and its change judged and checked. What the checks find goes back to it, in the same session and under what is left of
 * its budget, until they pass or the rounds are used up.
 */
export async function workInRounds(request: EditRequest, place: WorkPlace): Promise<Result<Worked, Diagnostic>> {
  const { task, policy, foreign, checks, resume, logFolder } = request;
  let before: AgentResult | undefined;
  let round: Round = {
    ...{ prompt: promptFor(task, { ...request, policy }, foreign), budget: policy.budget, logFolder },
    ...(resume === undefined ? {} : { resume }),
  };
  for (let count = 1; ; count += 1) {
    const agent = joinResults(before, await driven(request, place, round));
    const judged = judgedWork(request, place.scratch, agent);
    if (!judged.ok) return judged;
    const worked = await checkedWork(request, { place, worked: judged.value, count });
    const { checked } = worked;
    const budget = leftOfBudget(policy.budget, agent);
    const isOver = checked === undefined || checked.passed || count >= (checks?.rounds ?? 1);
    if (isOver || budget === undefined || agent.session === undefined) return ok(worked);
    before = agent;
    round = {
      ...{ budget, logFolder: join(logFolder, `round-${String(count + 1)}`) },
      prompt: promptFor(AGAIN, { ...request, policy }, [
        { what: "What the checks say", text: checked.problems.join("\n") },
      ]),
      resume: { session: agent.session, ...(agent.totals === undefined ? {} : { totals: agent.totals }) },
    };
  }
}

/** Whether all of it may be applied. */
export function isGood({ agent, violations, checked, problem }: Worked): boolean {
  return agent.end === "done" && violations.length === 0 && checked?.passed !== false && problem === undefined;
}

function driven(request: EditRequest, { around }: WorkPlace, round: Round): Promise<AgentResult> {
  const { agent, options, tool, node, policy, model, unsandboxed } = request;
  const { cwd, folder, home, environment, wrap, outside } = around;
  const { groups, redactor, prices, retries, waitMs, clock, on, signal } = request;
  const { prompt, resume, budget, logFolder } = round;
  return driveAgent({
    ...{ agent, options, tool, node, home, environment, wrap, outside, groups, logFolder, redactor, on, signal },
    ...(prices === undefined ? {} : { prices }),
    ...(retries === undefined ? {} : { retries }),
    ...(waitMs === undefined ? {} : { waitMs }),
    ...(clock === undefined ? {} : { clock }),
    ...(resume?.totals === undefined ? {} : { known: resume.totals }),
    request: {
      ...{ cwd, folder, prompt, reply: request.reply ?? MANIFEST, network: policy.network },
      role: policy.only?.length === 0 ? "read" : "write",
      writable: policy.only ?? policy.write,
      commands: { allow: policy.commands.allow ?? ["*"], deny: policy.commands.deny },
      budget,
      ...(model === undefined ? {} : { model }),
      ...(resume === undefined ? {} : { resume: resume.session }),
      ...(unsandboxed ? {} : { isSandboxed: true as const }),
    },
  });
}

function judgedWork(request: EditRequest, scratch: Scratch, agent: AgentResult): Result<Worked, Diagnostic> {
  const { maxFiles } = request.policy;
  const changes = scratch.changes(maxFiles);
  const changed = changes.ok ? changedFiles(scratch.git, changes.value, maxFiles) : changes;
  if (!changed.ok) return fail(unreadable(changed.error, request.logFolder));
  const judged = changed.value.map(({ change }) => change);
  const isManifest = agent.reply !== undefined && request.reply === undefined;
  const manifest = isManifest ? readManifest(agent.reply) : undefined;
  const violations = [
    ...judgeDiff(request.policy, judged, request.redactor),
    ...(manifest === undefined ? [] : checkManifest(manifest.changed_files, judged)),
  ];
  return ok({ agent, changed: changed.value, violations, ...(manifest === undefined ? {} : { manifest }) });
}

/** What may not be applied anyway is not checked: its code is not run. */
async function checkedWork(
  request: EditRequest,
  { place, worked, count }: { readonly place: WorkPlace; readonly worked: Worked; readonly count: number },
): Promise<Worked> {
  const { checks } = request;
  const { changed } = worked;
  if (checks === undefined || changed.length === 0 || !isGood(worked)) return worked;
  const checked = await checkChange(request, { changed, sandbox: place.sandbox, run: checks.run });
  if (!checked.ok) return { ...worked, problem: checked.error[0] ?? unchecked() };
  const told = { ...worked, checked: { ...checked.value, round: count } };
  return checked.value.passed ? told : { ...told, problem: notPassed(checked.value.run) };
}

function notPassed(run: string): Diagnostic {
  return errorOf("SYM5075", "the change does not pass the checks", {
    hint: `\`symbiotic runs show ${run}\` has what they said; the change is kept with the log`,
  });
}

function unchecked(): Diagnostic {
  return errorOf("SYM5075", "the change could not be checked");
}

function unreadable(why: Diagnostic, logFolder: string): Diagnostic {
  return errorOf("SYM5071", `what the agent left cannot be read: ${why.message}; nothing was applied`, {
    hint: `what it did is in ${logFolder}`,
  });
}
