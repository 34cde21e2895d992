import type { Before, JsonValue, Step, StepWork, TaskId } from "@symbiotic-build/engine";
import type { Issue } from "../issues/issue.ts";
import { changedNothing, isUnchanged } from "./changed-nothing.ts";
import { developAsk, fixAsk, reviewAsk } from "./asks.ts";
import type { LoopSettings } from "./loop-settings.ts";
import { outcomeOf, rounds } from "./outcome.ts";
import type { PlannedIssue } from "./planned-issue.ts";
import { foundByChecks } from "./review-findings.ts";
import { publishWork } from "./publish-work.ts";
import { stepId, type StepName } from "./step-ids.ts";
import { devReplyOf, verdictOf } from "./verdict.ts";
import { writeWork } from "./write-work.ts";

/** The steps of one issue, unrolled to their bound. Pure. */
export function issueSteps(planned: PlannedIssue, settings: LoopSettings): readonly Step[] {
  const { issue, blockers, waitsFor } = planned;
  const make = stepMaker(planned, settings);
  const last = settings.fixes + 1;
  const before = [...blockers.map((blocker) => blocker.issue), ...waitsFor];
  const open = make(
    "open",
    "open",
    before.map((each) => stepId(each, "finish")),
    {
      when: (ends) => blockedBy(planned, ends),
      work: () => openWork(planned),
      opens: issue.id.value,
    },
  );
  const develop = make("develop", "develop", [open.id], {
    when: (ends) => ends(open.id)?.status === "ok" || { skipped: "it has no work tree" },
    work: () => developAsk(planned, settings),
  });
  const all = [open, develop, ...roundSteps(planned, settings, { make, round: 1, after: develop.id })];
  for (const round of rounds(settings)) {
    const review = stepId(issue, `review_${round}`);
    const fix = make(`fix_${round}`, `fix ${String(round)}`, [review], {
      when: (ends) =>
        verdictOf(issue, round, ends, settings).outcome === "demands" || { skipped: "nothing is to be fixed" },
      work: (ends) => fixAsk(planned, settings, { round, ends }),
    });
    all.push(fix, ...roundSteps(planned, settings, { make, round: round + 1, after: fix.id }));
  }
  return [...all, ...lastSteps(planned, settings, { make, after: stepId(issue, `review_${last}`) })];
}

type Make = ReturnType<typeof stepMaker>;

function stepMaker({ issue, text, rank }: PlannedIssue, settings: LoopSettings) {
  return (
    name: StepName,
    title: string,
    after: readonly TaskId[],
    rest: Pick<Step, "when" | "work" | "opens" | "restsOnCommit">,
  ): Step => ({
    ...{ id: stepId(issue, name), subject: issue.id.value, title, after, rank },
    key: stepKeyOf(issue, text, settings),
    ...rest,
  });
}

/** What the steps of an issue are known by: one that was written anew is worked on anew. */
export function stepKeyOf({ path }: Issue, text: string, { validate, demand }: LoopSettings): JsonValue {
  return [path, text, validate, demand];
}

function roundSteps(
  planned: PlannedIssue,
  settings: LoopSettings,
  { make, round, after }: { readonly make: Make; readonly round: number; readonly after: TaskId },
): readonly Step[] {
  const { issue } = planned;
  const tree = issue.id.value;
  const number = String(round);
  const mayGo = (ends: Before): true | { readonly skipped: string } => {
    if (changedNothing(issue, ends)) return { skipped: "the developer changed nothing" };
    return devReplyOf(ends(after))?.status === "pass" || { skipped: "there is nothing to look at" };
  };
  const verify = make(`verify_${round}`, `verify ${number}`, [after], {
    restsOnCommit: true,
    when: (ends) => (issue.verification.length === 0 ? { skipped: "the issue names no command" } : mayGo(ends)),
    work: () => ({
      ...{ kind: "commands", tree },
      commands: issue.verification.map(({ value, at }) => ({
        ...{ command: value, from: `${issue.path}:${String(at.line)}` },
      })),
    }),
  });
  const check = make(`check_${round}`, `check ${number}`, [verify.id], {
    restsOnCommit: true,
    when: (ends) => (settings.validate.length === 0 ? { skipped: "no checks are configured" } : mayGo(ends)),
    work: (ends) => ({
      ...{ kind: "targets", tree, names: settings.validate },
      toMend: foundByChecks(issue, round, ends),
    }),
  });
  const review = make(`review_${round}`, `review ${number}`, [check.id], {
    restsOnCommit: true,
    when: mayGo,
    work: (ends) => reviewAsk(planned, settings, { round, ends }),
  });
  return [verify, check, review];
}

function lastSteps(
  planned: PlannedIssue,
  settings: LoopSettings,
  { make, after }: { readonly make: Make; readonly after: TaskId },
): readonly Step[] {
  const { issue } = planned;
  const tree = issue.id.value;
  const outcome = (ends: Before): ReturnType<typeof outcomeOf> => outcomeOf(issue, ends, settings);
  const isThere = (ends: Before): boolean => devReplyOf(ends(stepId(issue, "develop"))) !== undefined;
  const write = make("write", "write", [after], {
    restsOnCommit: true,
    when: (ends) => isThere(ends) || { skipped: "nothing was done" },
    work: (ends) => writeWork(planned, settings, ends),
  });
  const publish = make("publish", "publish", [write.id], {
    when: (ends) => {
      const isEmpty = isUnchanged(issue, ends) && ends(write.id)?.data["commit"] === null;
      return isEmpty ? { skipped: "nothing was changed" } : mayPublish(settings, outcome(ends).state === "passed");
    },
    work: () => publishWork(planned, settings),
  });
  const close = make("close", "close", [publish.id], {
    when: (ends) => ends(stepId(issue, "open"))?.status === "ok" || { skipped: "it has no work tree" },
    // Who goes on with the run finds it as it was.
    work: (ends) => ({ kind: "close-tree", tree, keep: settings.keepsTrees || outcome(ends).state === "stopped" }),
  });
  const finish = make("finish", "finish", [close.id], {
    work: (ends) => finishWork(outcome(ends)),
  });
  return [write, publish, close, finish];
}

function mayPublish({ platforms, into }: LoopSettings, passed: boolean): true | { readonly skipped: string } {
  if (platforms.length === 0) return { skipped: "no platform is configured" };
  if (into === null) return { skipped: "no branch is checked out that it could go into" };
  return passed || { skipped: "it has not passed" };
}

function finishWork(outcome: ReturnType<typeof outcomeOf>): StepWork {
  const isWell = outcome.state === "passed";
  const { why } = outcome;
  return {
    ...{ kind: "tell", status: isWell ? "ok" : "failed", summary: why },
    ...(isWell ? {} : { reason: why }),
    data: { ...outcome, left: [...outcome.left], questions: [...outcome.questions] },
  };
}

function openWork({ issue, branch, blockers }: PlannedIssue): StepWork {
  return {
    ...{ kind: "open-tree", tree: issue.id.value, branch },
    on: blockers.map((blocker) => blocker.branch),
    joined: ["**/REVIEW-*.md"],
  };
}

function blockedBy({ blockers }: PlannedIssue, ends: Before): true | { readonly skipped: string } {
  const open = blockers.filter(({ issue }) => ends(stepId(issue, "finish"))?.status !== "ok");
  if (open.length === 0) return true;
  return { skipped: `blocked by ${open.map(({ issue }) => issue.id.value).join(", ")}, which did not pass` };
}
