import { tmpdir } from "node:os";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { errorOf } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { commitPaths } from "../../commit/commit-paths.ts";
import type { ProcessGroups } from "../../execute/process-groups.ts";
import { open } from "../../open.ts";
import type { Before, OpenTree, StepEnd, Workflow } from "../../plugin/workflow.ts";
import type { Redactor } from "../../redact/redact.ts";
import { movedConfig } from "../../staged/moved-config.ts";
import { gitOutput } from "../../workspace/git/repository.ts";
import { checkPhase } from "../../worktree/check-phase.ts";
import { ensureWorktree } from "../../worktree/ensure-worktree.ts";
import { takeLease, type Lease } from "../../worktree/lease.ts";
import { openWorktrees, type Worktrees } from "../../worktree/open-worktrees.ts";
import { ownBranches } from "../../worktree/own-branches.ts";
import { phaseFacts } from "../../worktree/phase-facts.ts";
import { removeWorktree } from "../../worktree/remove-worktree.ts";
import type { Worktree } from "../../worktree/worktree.ts";
import { finishWhatWasKilled } from "../finish-what-was-killed.ts";
import type { CallTools } from "../agent/ask-agent.ts";
import { demandOf } from "../demand-of.ts";
import { brokenBy } from "./ask-in-tree.ts";
import { installIn } from "./install-in.ts";
import type { Installs } from "./installers.ts";
import { mergeInto } from "./merge-into.ts";
import type { Trees, UsedTree } from "./trees.ts";
import { whereWorkBegins } from "./where-work-begins.ts";

/** What opening trees takes beside what commands have. */
export interface TreesOptions extends Installs {
  readonly run: string;
  readonly groups: ProcessGroups;
  readonly redactor: Redactor;
}

/** That there is nothing to commit in a file. */
const UNCHANGED = "SYM7307";

type Problems = readonly Diagnostic[];
type Reopen = () => Promise<Result<UsedTree, Problems>>;

/** The work trees of a repository, as a run sees them. */
export function worktreesOf({ opened, context }: CallTools, run: string): Worktrees {
  const { home, variables } = context.environment;
  return openWorktrees({
    ...{ repository: opened.repository, environment: variables, run },
    user: { home, temporary: tmpdir(), environment: variables },
    now: () => new Date().toISOString(),
  });
}

/** The work trees of a workflow: each leased by this process from its first use on, and made by the step that opens it. */
export function openTrees(workflow: Workflow, tools: CallTools, options: TreesOptions): Trees {
  const worktrees = worktreesOf(tools, options.run);
  const using = new Map<string, Promise<Result<UsedTree, Problems>>>();
  const leases = new Map<string, Lease>();
  const leaseOf = (name: string): Result<Lease, Diagnostic> => {
    const known = leases.get(name);
    const taken = known === undefined ? takeLease(worktrees, name) : ok(known);
    if (taken.ok) leases.set(name, taken.value);
    return taken;
  };
  // What a commit changes is seen by none who opened the tree before it.
  const again = new Map<string, Reopen>();
  const moved = (name: string, reopen: Reopen): void => {
    using.delete(name);
    again.set(name, reopen);
  };
  return {
    use(name, before) {
      const known = using.get(name);
      if (known !== undefined) return known;
      const begun = workflow.steps.find(({ opens }) => opens === name);
      const opening = { worktrees, leaseOf, tools, options, moved, begun: begun && before(begun.id) };
      const found = opened(again.get(name) ?? (() => useTree(openingOf(workflow, name, before), opening)));
      using.set(name, found);
      return found;
    },
    async close(name, keep) {
      const lease = leaseOf(name);
      if (!lease.ok) return brokenBy([lease.error]);
      const end = keep ? keptEnd : removedEnd(worktrees, lease.value);
      lease.value.release();
      leases.delete(name);
      using.delete(name);
      again.delete(name);
      return Promise.resolve(end);
    },
    holdAll(names) {
      // One that somebody took a moment ago is told by the step that opens it.
      for (const name of names) leaseOf(name);
    },
    ownBranches: () => ownBranches(worktrees),
    closeAll() {
      for (const lease of leases.values()) lease.release();
      leases.clear();
    },
  };
}

/** A tree that cannot be opened is one: nobody may wait for it, and others go on. */
async function opened(open: Reopen): Promise<Result<UsedTree, Problems>> {
  try {
    return await open();
  } catch (thrown) {
    const why = thrown instanceof Error ? (thrown.message.split("\n")[0] ?? "") : String(thrown);
    return fail([
      errorOf("SYM7509", `a work tree cannot be opened: ${why}`, { hint: "look whether the disk is full" }),
    ]);
  }
}

const keptEnd: StepEnd = { status: "ok", summary: "kept", data: { removed: false } };

function removedEnd(worktrees: Worktrees, lease: Lease): StepEnd {
  const removal = removeWorktree(worktrees, lease);
  if (!removal.ok) return brokenBy([removal.error]);
  if (removal.value.removed) return { status: "ok", summary: "removed", data: { removed: true } };
  const reasons = removal.value.reasons.map(({ message }) => message);
  return { status: "ok", summary: `kept: ${reasons.join("; ")}`, data: { removed: false, reasons } };
}

/** What the step that opens a tree asks for. */
function openingOf({ steps }: Workflow, name: string, before: Before): OpenTree {
  const work = steps.find(({ opens }) => opens === name)?.work(before);
  if (work?.kind === "open-tree") return work;
  throw new Error(`no step of the workflow opens ${name}`);
}

interface Opening {
  readonly worktrees: Worktrees;
  readonly leaseOf: (name: string) => Result<Lease, Diagnostic>;
  readonly tools: CallTools;
  readonly options: TreesOptions;
  /** How the step that opens it ended, where it did in a run that this one goes on with. */
  readonly begun: StepEnd | undefined;
  /** Told that a tree has another commit now, and how it is opened again. */
  readonly moved: (name: string, reopen: Reopen) => void;
}

async function useTree(work: OpenTree, opening: Opening): Promise<Result<UsedTree, Problems>> {
  const { worktrees, tools, options } = opening;
  const lease = opening.leaseOf(work.tree);
  if (!lease.ok) return fail([lease.error]);
  const base = tools.opened.repository.head;
  if (base === null) return fail([noCommit()]);
  const made = ensureWorktree(worktrees, lease.value, { branch: work.branch, base });
  if (!made.ok) return fail([made.error]);
  const finished = await finishWhatWasKilled({ root: made.value.path }, tools.context);
  if (!finished.ok) return finished;
  // Installing runs what the tree holds: it is done while that is what the user has committed, and nothing of an agent's.
  if (made.value.head === base && isClean(opening, lease.value)) {
    const installed = await installIn(made.value, lease.value, { worktrees, tools, ...options });
    if (!installed.ok) return fail([installed.error]);
  }
  const known = opening.begun?.data["base"];
  if (typeof known === "string") return usedTree({ ...made.value, base: known }, lease.value, opening);
  const merged = mergeInto(made.value, work, worktrees.environment);
  if (!merged.ok) return fail([merged.error]);
  const tree = { ...made.value, head: merged.value };
  const begins = whereWorkBegins(tree, { on: work.on, main: base }, worktrees.environment);
  if (!begins.ok) return fail([begins.error]);
  return usedTree({ ...tree, base: begins.value }, lease.value, opening);
}

function isClean({ worktrees }: Opening, lease: Lease): boolean {
  const facts = phaseFacts(worktrees, lease);
  if (!facts.ok || !facts.value.isThere) return false;
  const { changed, untracked, conflicts } = facts.value.status;
  return changed.length + untracked.length + conflicts.length === 0;
}

async function usedTree(worktree: Worktree, lease: Lease, opening: Opening): Promise<Result<UsedTree, Problems>> {
  const { worktrees, tools, options, moved } = opening;
  const { opened: main, parsed, context } = tools;
  const { path: root, branch, base, head } = worktree;
  const roots = { from: main.repository.root, to: root };
  const { variables: environment } = context.environment;
  const opened = await open({
    ...{ cwd: root, environment, defaults: context.defaults, onDemand: context.onDemand },
    // Neither the configuration nor the baseline of the tree is read: an agent may have written both.
    ...{ config: movedConfig(main.config, roots), baseline: main.texts },
    demand: demandOf(parsed, context.environment, { cwd: root, explains: false }),
  });
  if (!opened.ok) return opened;
  return ok({
    ...{ root, branch, base, head, opened: opened.value },
    check() {
      const facts = phaseFacts(worktrees, lease);
      return facts.ok ? checkPhase(facts.value, { branch, head }) : [facts.error];
    },
    uncommitted(paths) {
      const told = gitOutput(opened.value.repository, ["status", "--porcelain", "-z", "--", ...paths]);
      // Where git does not say it, committing does.
      return !told.ok || told.value.length > 0;
    },
    async commit(paths, message) {
      const { groups, redactor } = options;
      const { signal } = context;
      const done = await commitPaths({ root, branch, paths, message, environment, redactor, groups, signal });
      // A run that was killed had moved the branch, and not come to write the index.
      if (!done.ok && done.error.every(({ code }) => code === UNCHANGED)) return ok(head);
      if (!done.ok) return done;
      const { commit } = done.value;
      moved(lease.id, () => usedTree({ ...worktree, head: commit }, lease, opening));
      return ok(commit);
    },
    conflict: () =>
      errorOf("SYM7504", `files of ${root} are neither what an accepted change was made from nor what it makes`, {
        hint: "look at `git status` there; take your own changes out, and go on with the run",
      }),
  });
}

function noCommit(): Diagnostic {
  return errorOf("SYM7505", "there is no commit yet from which a branch could begin", {
    hint: "make the first commit",
  });
}
