import type { Publish } from "@symbiotic-build/engine";
import type { PlannedIssue } from "./planned-issue.ts";
import type { LoopSettings } from "./loop-settings.ts";

/** Where an issue that passed is published: on the branch of the issue that it stands on, else on that of the settings. */
export function publishWork({ issue, blockers }: PlannedIssue, settings: LoopSettings): Publish {
  const { platforms, into, ready, isApproved } = settings;
  const { value: id } = issue.id;
  return {
    ...{ kind: "publish", tree: id, platforms, isApproved, into: blockers[0]?.branch ?? into ?? "" },
    title: `[${id}] ${issue.title.value}`,
    body: [
      `Developed for ${id}, which ${issue.path} describes.`,
      ...blockers.map((blocker) => `Stands on ${blocker.issue.id.value} (${blocker.branch}).`),
    ].join("\n\n"),
    passed: ready ? ["verification", "checks", "review"] : [],
  };
}
