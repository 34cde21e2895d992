import { pushBranch } from "../../commit/push-branch.ts";
import { ok } from "../../core/result.ts";
import { ensureDraft } from "../../platform/ensure-draft.ts";
import { markReady } from "../../platform/mark-ready.ts";
import type { PlatformHost } from "../../platform/platform-host.ts";
import type { Publish } from "../../plugin/workflow.ts";
import type { Publisher } from "./publisher.ts";
import type { StepTools } from "./step-tools.ts";
import type { UsedTree } from "./trees.ts";

const PUSH_MS = 120_000;
/** Where plain branches are pushed to. */
export const REMOTE = "origin";

/** Pushes a plain branch, and sees to its one draft. */
export function publishByPulls(
  { into, title, body }: Publish,
  { root, branch }: UsedTree,
  host: PlatformHost,
  { groups, redactor, context }: StepTools,
): Publisher {
  return {
    async bring() {
      const pushed = await pushBranch({
        ...{ root, environment: context.environment.variables, remote: REMOTE, branch },
        ...{ base: into, timeoutMs: PUSH_MS, redactor, groups, signal: context.signal },
      });
      if (!pushed.ok) return pushed;
      const draft = await ensureDraft(host, { branch, base: into, title, body });
      if (!draft.ok) return draft;
      const { as, pull } = draft.value;
      return ok({ as, url: pull.url, number: pull.number, commit: pushed.value.commit });
    },
    makeReady: ({ number }, verification) => markReady(host, number ?? 0, verification),
  };
}
