import type { AskInTree, Before } from "@symbiotic-build/engine";
import { DEV_AUTO_FIX_REVIEW } from "../prompts/dev-auto-fix-review.ts";
import { DEV_AUTO_PARALLEL } from "../prompts/dev-auto-parallel.ts";
import { DEV_AUTO_REVIEW_LINEAR } from "../prompts/dev-auto-review-linear.ts";
import { CONTRACT } from "../prompts/all-prompts.ts";
import { rendered, type Prompt } from "../prompts/prompt.ts";
import type { PlannedIssue } from "./planned-issue.ts";
import type { LoopSettings } from "./loop-settings.ts";
import { devTold, reviewTold } from "./reply-told.ts";
import { DEV_SCHEMA, REVIEW_SCHEMA } from "./schemas.ts";
import { stepId } from "./step-ids.ts";
import { verdictOf } from "./verdict.ts";

/** The folder that an agent is started in is the one to work in. */
const HERE = "this folder";

/** A round of the loop, and what was before it. */
export interface AtRound {
  readonly round: number;
  readonly ends: Before;
}

/** What the developer is asked. */
export function developAsk(planned: PlannedIssue, settings: LoopSettings): AskInTree {
  const { issue, branch } = planned;
  const task = withContract(DEV_AUTO_PARALLEL, { issue_doc: issue.path, branch, worktree: HERE });
  return {
    ...{
      kind: "ask",
      tree: issue.id.value,
      message: `${issue.id.value}: ${issue.title.value}`,
      told: devTold(planned),
    },
    ask: {
      ...{ task, role: "developer", reply: DEV_SCHEMA, ...who(settings.developer, settings) },
      ...{ write: writable(planned), foreign: [documentOf(planned)] },
    },
  };
}

/** What the reviewer is asked. It writes nothing: the loop keeps the review document. */
export function reviewAsk(planned: PlannedIssue, settings: LoopSettings, { round, ends }: AtRound): AskInTree {
  const { issue, branch } = planned;
  const task = rendered(DEV_AUTO_REVIEW_LINEAR, {
    issue_doc: issue.path,
    branch,
    base: baseOf(planned, ends),
    worktree: HERE,
  });
  const said = (["verify", "check"] as const).flatMap((step) => {
    const end = ends(stepId(issue, `${step}_${round}`));
    if (end === undefined || end.status === "skipped") return [];
    const what = step === "verify" ? "What the verification commands say" : "What the checks say";
    return [{ what, text: JSON.stringify({ status: end.status, ...end.data }, undefined, 2) }];
  });
  return {
    ...{ kind: "ask", tree: issue.id.value, message: `${issue.id.value}: review`, told: reviewTold },
    ask: {
      ...{ task, role: "reviewer", reply: REVIEW_SCHEMA, ...who(settings.reviewer, settings) },
      ...{ write: [], foreign: [documentOf(planned), ...said] },
    },
  };
}

/** What the fixer is asked. */
export function fixAsk(planned: PlannedIssue, settings: LoopSettings, { round, ends }: AtRound): AskInTree {
  const { issue, branch } = planned;
  const task = withContract(DEV_AUTO_FIX_REVIEW, {
    issue_doc: issue.path,
    branch,
    base: baseOf(planned, ends),
    worktree: HERE,
  });
  const { demands } = verdictOf(issue, round, ends, settings);
  return {
    ...{
      kind: "ask",
      tree: issue.id.value,
      message: `${issue.id.value}: mend what review ${String(round)} asks for`,
      told: devTold(planned),
    },
    ask: {
      ...{ task, role: "fixer", reply: DEV_SCHEMA, ...who(settings.developer, settings) },
      write: writable(planned),
      foreign: [documentOf(planned), { what: "What is to be mended", text: demands.join("\n") }],
    },
  };
}

/** A prompt with the skill that it stands on: whoever is asked need not have it installed. */
function withContract(prompt: Prompt, inputs: Readonly<Record<string, string>>): string {
  return `${rendered(prompt, inputs)}\n\n${CONTRACT}`;
}

function who(
  agent: string | undefined,
  { budget }: LoopSettings,
): { readonly agent?: string; readonly budget: LoopSettings["budget"] } {
  return { budget, ...(agent === undefined ? {} : { agent }) };
}

/** Where an issue names its files it is held to them. */
function writable({ issue }: PlannedIssue): readonly string[] {
  return issue.files.length === 0
    ? ["**"]
    : issue.files.flatMap(({ value }) => [value, `${value.replace(/\/+$/, "")}/**`]);
}

function documentOf({ issue, text }: PlannedIssue): { readonly what: string; readonly text: string } {
  return { what: `The issue document ${issue.path}`, text };
}

function baseOf({ issue }: PlannedIssue, ends: Before): string {
  const base = ends(stepId(issue, "open"))?.data["base"];
  return typeof base === "string" ? base : "HEAD";
}
