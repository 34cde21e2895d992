import type { Diagnostic } from "../../core/diagnostic.ts";
import { ok, type Result } from "../../core/result.ts";
import type { Publish, StepEnd } from "../../plugin/workflow.ts";
import type { ToldStep } from "../../workflow/run-steps.ts";
import { brokenBy } from "./ask-in-tree.ts";
import { inTurn } from "./in-turn.ts";
import { platformsFor, type Publishers } from "./platforms-for.ts";
import { publishByPulls } from "./publish-by-pulls.ts";
import { publishByStack } from "./publish-by-stack.ts";
import { isDecided, type Publisher } from "./publisher.ts";
import type { StepTools } from "./step-tools.ts";
import type { UsedTree } from "./trees.ts";

/** That nobody approved that others are asked to review. */
const UNAPPROVED = "SYM5026";

/**
 * Sees to it that the branch of a tree is at the remote, with its one draft pull request: found again where there is one, ready only
 * where all passed.
 */
export async function publish(work: Publish, tools: StepTools, told: ToldStep): Promise<StepEnd> {
  const used = await tools.trees.use(work.tree, told.before);
  if (!used.ok) return brokenBy(used.error);
  const tree = used.value;
  const unfit = tree.check();
  if (unfit.length > 0) return brokenBy(unfit);
  const places = await platformsFor(work.platforms, tree.root, tools);
  if (!places.ok) return brokenBy(places.error);
  const publisher = publisherOf(work, tree, { publishers: places.value, tools, line: told.line });
  if (!publisher.ok) return brokenBy([publisher.error]);
  const act = (): Promise<Result<StepEnd, Diagnostic>> => publishBy(publisher.value, { work, tree, tools });
  const done = await (places.value.stack === undefined
    ? act()
    : inTurn({ commonDir: tree.opened.repository.commonDir, name: "stack" }, tools.context.signal, act));
  return done.ok ? done.value : brokenBy([done.error]);
}

function publisherOf(
  work: Publish,
  tree: UsedTree,
  {
    publishers: { stack, pulls },
    tools,
    line,
  }: { readonly publishers: Publishers; readonly tools: StepTools; readonly line: ToldStep["line"] },
): Result<Publisher, Diagnostic> {
  if (stack === undefined) return ok(publishByPulls(work, tree, pulls, tools));
  const own = tools.trees.ownBranches();
  if (!own.ok) return own;
  const rules = { ownBranches: own.value, approved: work.isApproved ? (["publish"] as const) : [] };
  return ok(publishByStack(work, tree, { stack, pulls, rules, line }));
}

async function publishBy(
  publisher: Publisher,
  { work, tree, tools }: { readonly work: Publish; readonly tree: UsedTree; readonly tools: StepTools },
): Promise<Result<StepEnd, Diagnostic>> {
  const published = await publisher.bring();
  if (!published.ok) return published;
  const { as, url, number, commit } = published.value;
  const { branch } = tree;
  await tools.audit.append("published", { branch, commit, url, as });
  const data = { url, number, isNew: as === "created", commit };
  const summary = `${as === "created" ? "opened" : as} ${url ?? `the pull request of ${branch}`}`;
  if (work.passed.length === 0 || isDecided(published.value)) return ok({ status: "ok", summary, data });
  const checks = work.passed.map((name) => ({ name, verdict: "pass" as const }));
  // What passed is what the tree shows, whatever came to be pushed.
  const ready = await publisher.makeReady(published.value, { commit: tree.head, checks });
  if (ready.ok) return ok({ status: "ok", summary: `${summary}, ready`, data: { ...data, isReady: true } });
  if (ready.error.code !== UNAPPROVED) return ready;
  const stays = `${ready.error.code} ${ready.error.message}`;
  return ok({ status: "ok", summary: `${summary}, still a draft: ${stays}`, data: { ...data, stays } });
}
