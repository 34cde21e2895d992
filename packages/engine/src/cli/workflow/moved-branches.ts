import { warningOf, type Diagnostic } from "../../core/diagnostic.ts";
import { ok, type Result } from "../../core/result.ts";
import type { TaskId } from "../../core/task-id.ts";
import type { JournalState } from "../../journal/read-journal.ts";
import { guarded } from "../../plugin/guarded.ts";
import type { Step, StepEnd, Workflow } from "../../plugin/workflow.ts";
import { endedBefore } from "../../workflow/step-journal.ts";
import { gitOutput, type Repository } from "../../workspace/git/repository.ts";

/** What of an earlier run is no evidence any more. */
export interface MovedBranches {
  /** Steps that looked at what their branch no longer shows: they are done again. */
  readonly steps: ReadonlySet<TaskId>;
  /** What is told of it, one a branch. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A branch as it is now. */
interface Tip {
  readonly commit: string;
  readonly parents: readonly string[];
}

/** The steps of one tree, and what the journal has of them. */
interface OfTree {
  readonly steps: readonly Step[];
  readonly journal: JournalState;
  readonly ended: (step: Step) => StepEnd | undefined;
}

/**
 * Finds the branches that somebody moved since a run looked at them: by a restack, a rebase, a commit of their own. What passed on the old
 * commit says nothing of the new one. Reads only.
 */
export function movedBranches(
  { steps }: Workflow,
  journal: JournalState,
  repository: Repository,
): Result<MovedBranches, Diagnostic> {
  const ended = endedBefore(journal);
  const tips = tipsOf(repository);
  if (!tips.ok) return tips;
  const bySubject = Map.groupBy(steps, ({ subject }) => subject);
  const moved = new Set<TaskId>();
  const diagnostics: Diagnostic[] = [];
  for (const opening of steps.filter(({ opens }) => opens !== undefined)) {
    const branch = ended(opening)?.data["branch"];
    const tip = typeof branch === "string" ? tips.value.get(branch) : undefined;
    if (typeof branch !== "string" || tip === undefined) continue;
    const tree = { steps: bySubject.get(opening.subject) ?? [], journal, ended };
    const left = lastLeft(tree);
    if (left === undefined || left.commit === tip.commit || isOurs(tree, left, tip)) continue;
    const stale = staleOf(tree);
    for (const { id } of stale) moved.add(id);
    if (stale.length > 0) diagnostics.push(movedSince(branch, left.commit, tip.commit));
  }
  return ok({ steps: moved, diagnostics });
}

function tipsOf(repository: Repository): Result<ReadonlyMap<string, Tip>, Diagnostic> {
  const told = gitOutput(repository, [
    "for-each-ref",
    "--format=%(refname:lstrip=2) %(objectname) %(parent)",
    "refs/heads/",
  ]);
  if (!told.ok) return told;
  const lines = told.value.toString("utf8").split("\n").filter(Boolean);
  return ok(
    new Map(
      lines.map((line) => {
        const [branch = "", commit = "", ...parents] = line.split(" ");
        return [branch, { commit, parents }];
      }),
    ),
  );
}

interface Left {
  readonly commit: string;
  /** The step that left it, by its place among those of its tree. */
  readonly at: number;
}

/** The commit that the last of its steps which ended left in a tree. */
function lastLeft({ steps, ended }: OfTree): Left | undefined {
  const at = steps.findLastIndex((step) => commitLeft(ended(step)) !== undefined);
  const commit = commitLeft(at < 0 ? undefined : ended(steps[at] as Step));
  return commit === undefined ? undefined : { commit, at };
}

function commitLeft(end: StepEnd | undefined): string | undefined {
  const { head, commit } = end?.data ?? {};
  return typeof head === "string" ? head : typeof commit === "string" ? commit : undefined;
}

/** Whether a step that was killed may have moved it itself, and come not to say so: whoever goes on with that step sees to it. */
function isOurs({ steps, journal, ended }: OfTree, left: Left, { parents }: Tip): boolean {
  const begun = steps.slice(left.at + 1).find(({ id }) => journal.tasks.get(id)?.type === "started");
  if (begun === undefined) return false;
  const work = guarded(`${begun.id}: work`, () => begun.work((id) => endById(id, steps, ended)));
  if (!work.ok) return false;
  // What an agent makes is looked at anew in any case.
  if (work.value.kind === "ask") return begun.restsOnCommit !== true;
  return work.value.kind === "write" && parents[0] === left.commit;
}

function endById(id: TaskId, steps: readonly Step[], ended: OfTree["ended"]): StepEnd | undefined {
  const step = steps.find((each) => each.id === id);
  return step && ended(step);
}

/** What rests on the commit that the last work in the tree left. */
function staleOf({ steps, ended }: OfTree): readonly Step[] {
  const worked = steps.findLastIndex((step) => step.restsOnCommit !== true && commitLeft(ended(step)) !== undefined);
  return steps.slice(worked + 1).filter((step) => step.restsOnCommit === true && ended(step) !== undefined);
}

function movedSince(branch: string, was: string, is: string): Diagnostic {
  const [before, now] = [was.slice(0, 8), is.slice(0, 8)];
  return warningOf(
    "SYM7560",
    `${branch} was moved from ${before} to ${now} since it was looked at: that is done again`,
    {
      hint: `what passed on ${before} says nothing of ${now}; \`git diff ${before} ${now}\` shows what is different`,
    },
  );
}
