import type { AskInTree, Before } from "@symbiotic-build/engine";
import { DEV_AUTO_FIX_REVIEW } from "../prompts/dev-auto-fix-review.ts";
import { DEV_AUTO_PARALLEL } from "../prompts/dev-auto-parallel.ts";
import { DEV_AUTO_REVIEW_LINEAR } from "../prompts/dev-auto-review-linear.ts";
import { CONTRACT } from "../prompts/all-prompts.ts";
import { rendered } from "../prompts/prompt.ts";
import type { PlannedIssue } from "./planned-issue.ts";
import type { LoopSettings } from "./loop-settings.ts";
import { devTold, reviewTold } from "./reply-told.ts";
import { foundToMend, reviewFindings } from "./review-findings.ts";
import { DEV_SCHEMA, REVIEW_SCHEMA } from "./schemas.ts";
import { stepId } from "./step-ids.ts";
import { verdictOf } from "./verdict.ts";

type Ask = AskInTree["ask"];

/** The folder that an agent is started in is the one to work in. What the document is called is not ours to say: it is told below, as data. */
const HERE = { worktree: "this folder", issue_doc: "the document below" };

/** A round of the loop, and what was before it. */
export interface AtRound {
  readonly round: number;
  readonly ends: Before;
}

/** What the developer is asked. */
export function developAsk(planned: PlannedIssue, settings: LoopSettings): AskInTree {
  const { issue, branch } = planned;
  return workAsk(planned, settings, {
    ...{ role: "developer", message: issue.title.value, foreign: [] },
    task: rendered(DEV_AUTO_PARALLEL, { ...HERE, branch }),
  });
}

/** What the fixer is asked. */
export function fixAsk(planned: PlannedIssue, settings: LoopSettings, { round, ends }: AtRound): AskInTree {
  const { issue, branch } = planned;
  const { demands } = verdictOf(issue, round, ends, settings);
  return workAsk(planned, settings, {
    ...{ role: "fixer", message: `mend what review ${String(round)} asks for` },
    task: rendered(DEV_AUTO_FIX_REVIEW, { ...HERE, branch, base: baseOf(planned, ends) }),
    foreign: [{ what: "What is to be mended", text: demands.join("\n") }],
  });
}

/** What the reviewer is asked. It writes nothing: the loop keeps the review document. */
export function reviewAsk(planned: PlannedIssue, settings: LoopSettings, { round, ends }: AtRound): AskInTree {
  const { issue, branch } = planned;
  const said = (["verify", "check"] as const).flatMap((step) => {
    const end = ends(stepId(issue, `${step}_${round}`));
    if (end === undefined || end.status === "skipped") return [];
    const what = step === "verify" ? "What the verification commands say" : "What the checks say";
    return [{ what, text: JSON.stringify({ status: end.status, ...end.data }, undefined, 2) }];
  });
  return {
    ...{ kind: "ask", tree: issue.id.value, message: `${issue.id.value}: review`, told: reviewTold },
    ...{ found: reviewFindings(issue), toMend: foundToMend(issue, round, ends, settings) },
    ask: {
      task: rendered(DEV_AUTO_REVIEW_LINEAR, { ...HERE, branch, base: baseOf(planned, ends) }),
      ...{ role: "reviewer", reply: REVIEW_SCHEMA, ...who(settings.reviewer, settings) },
      ...{ write: [], foreign: [...documentOf(planned), ...said] },
    },
  };
}

/** Asks for work on the issue. The skill that its prompt stands on comes with it: whoever is asked need not have it installed. */
function workAsk(
  planned: PlannedIssue,
  settings: LoopSettings,
  {
    task,
    role,
    message,
    foreign,
  }: { readonly role: "developer" | "fixer"; readonly message: string } & Required<Pick<Ask, "task" | "foreign">>,
): AskInTree {
  const { value: id } = planned.issue.id;
  return {
    ...{ kind: "ask", tree: id, message: `${id}: ${message}`, told: devTold(planned) },
    ask: {
      ...{ task: `${task}\n\n${CONTRACT}`, role, reply: DEV_SCHEMA, ...who(settings.developer, settings) },
      ...{ write: writable(planned), foreign: [...documentOf(planned), ...foreign] },
    },
  };
}

function who(agent: string | undefined, { budget }: LoopSettings): Pick<Ask, "agent" | "budget"> {
  return { budget, ...(agent === undefined ? {} : { agent }) };
}

/** Where an issue names its files it is held to them. */
function writable({ issue }: PlannedIssue): readonly string[] {
  if (issue.files.length === 0) return issue.astray.length === 0 ? ["**"] : [];
  return issue.files.flatMap(({ value }) => (value === "." ? ["**"] : [value, `${value.replace(/\/+$/, "")}/**`]));
}

/** A path is text of whoever made the file. */
function documentOf({ issue, text }: PlannedIssue): NonNullable<Ask["foreign"]> {
  return [
    { what: "The path of the issue document", text: issue.path },
    { what: "The issue document", text },
  ];
}

function baseOf({ issue }: PlannedIssue, ends: Before): string {
  const base = ends(stepId(issue, "open"))?.data["base"];
  return typeof base === "string" ? base : "HEAD";
}
