import { join } from "node:path";
import { openLocks } from "../../cache/lock.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { auditPlace } from "../../edit/edit-audit.ts";
import { createProcessGroups } from "../../execute/process-groups.ts";
import type { TaskGraph } from "../../graph/task.ts";
import { openAuditRun } from "../../guard/audit/audit-run.ts";
import { beginJournal } from "../../journal/begin-journal.ts";
import type { Journal } from "../../journal/journal.ts";
import { createRunRecord, type RunRecord } from "../../journal/run-record.ts";
import { cacheDirectory } from "../../open.ts";
import type { StepNode } from "../../workflow/step-graph.ts";
import { endedBefore } from "../../workflow/step-journal.ts";
import type { Repository } from "../../workspace/git/repository.ts";
import type { CallTools } from "../agent/ask-agent.ts";
import { callRedactor } from "../agent/edit-request.ts";
import { createPurse } from "../agent/purse.ts";
import { askedOf } from "../asked.ts";
import { heldByOthers } from "./held-by-others.ts";
import { inTurn } from "./in-turn.ts";
import { movedBranches, type MovedBranches } from "./moved-branches.ts";
import { openTrees, worktreesOf } from "./open-trees.ts";

import type { StepTools } from "./step-tools.ts";
import type { WorkflowRun } from "./workflow-run.ts";

/** A workflow's run that has begun: its folder and journal are there, and nobody else works on its trees. */
export interface BegunWorkflow {
  readonly startedAt: Date;
  readonly record: RunRecord;
  readonly journal: Journal;
  readonly steps: StepTools;
  readonly moved: MovedBranches;
}

/** Begins a run, or says who works already on what it is about: then nothing is begun. Of several at once one looks at a time. */
export function beginWorkflow(
  run: WorkflowRun,
  graph: TaskGraph<StepNode>,
  tools: CallTools,
): Promise<Result<BegunWorkflow, readonly Diagnostic[]>> {
  const { opened, context } = tools;
  return inTurn({ commonDir: opened.repository.commonDir, name: "workflow" }, context.signal, () =>
    Promise.resolve(begin(run, graph, tools)),
  );
}

function begin(
  run: WorkflowRun,
  graph: TaskGraph<StepNode>,
  tools: CallTools,
): Result<BegunWorkflow, readonly Diagnostic[]> {
  const { repository } = tools.opened;
  const names = treesToOpen(run);
  const held = heldByOthers(worktreesOf(tools, ""), names);
  if (held.length > 0) return fail(held);
  const moved = movedOf(run, repository);
  if (!moved.ok) return fail([moved.error]);
  const startedAt = new Date();
  const record = createRunRecord(repository.root, startedAt);
  if (!record.ok) return fail([record.error]);
  const journal = journalOf(run, graph, { tools, startedAt, record: record.value });
  if (!journal.ok) return fail([journal.error]);
  const steps = stepTools(run, tools, record.value);
  steps.trees.holdAll(names);
  return ok({ startedAt, record: record.value, journal: journal.value, steps, moved: moved.value });
}

/** The names of the trees that a run may open: not of what is over in the run that it goes on with. */
function treesToOpen({ workflow: { steps }, resume }: WorkflowRun): readonly string[] {
  const ended = resume === undefined ? () => undefined : endedBefore(resume.journal);
  const lasts = new Map(steps.map((step) => [step.subject, step]));
  const isOver = (subject: string): boolean => {
    const last = lasts.get(subject);
    return last !== undefined && ended(last) !== undefined;
  };
  return steps.flatMap(({ opens, subject }) => (opens === undefined || isOver(subject) ? [] : [opens]));
}

const NOTHING_MOVED: MovedBranches = { steps: new Set(), diagnostics: [] };

function movedOf({ workflow, resume }: WorkflowRun, repository: Repository): Result<MovedBranches, Diagnostic> {
  return resume === undefined ? ok(NOTHING_MOVED) : movedBranches(workflow, resume.journal, repository);
}

function journalOf(
  { command, resume }: WorkflowRun,
  graph: TaskGraph<StepNode>,
  { tools, startedAt, record }: { readonly tools: CallTools; readonly startedAt: Date; readonly record: RunRecord },
): Result<Journal, Diagnostic> {
  const { opened, context, parsed } = tools;
  const asked = askedOf(parsed, context);
  return beginJournal({
    ...{ record, engine: context.version, startedAt, resumable: resume },
    asked: asked === null ? null : { ...asked, command },
    tasks: () => graph.order.map(({ id }) => id),
    locks: openLocks(join(cacheDirectory(opened, context.environment.settings.cacheDir), "locks")),
  });
}

function stepTools({ workflow, ...run }: WorkflowRun, tools: CallTools, { id }: RunRecord): StepTools {
  const { opened, parsed, context } = tools;
  const redactor = callRedactor(context);
  const groups = createProcessGroups();
  return {
    ...{ ...tools, groups, redactor, run: id, unsandboxed: parsed.flags.has("unsandboxed") },
    trees: openTrees(workflow, tools, { ...run, run: id, groups, redactor }),
    audit: openAuditRun(auditPlace(opened.repository), redactor, id),
    purse: createPurse(opened),
    accepted: join(opened.repository.commonDir, "symbiotic", "workflows", workflow.name),
  };
}
