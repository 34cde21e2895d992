import type { LoopSettings } from "../issue-loop/loop-settings.ts";
import type { PlannedIssue } from "../issue-loop/planned-issue.ts";
import { publishWork } from "../issue-loop/publish-work.ts";

/** How one issue would be published, once it has passed. */
export interface Publishing {
  readonly issue: string;
  readonly branch: string;
  /** The branch that its draft goes into. */
  readonly into: string;
  readonly title: string;
  /** Whether its draft is made ready for review. */
  readonly isReady: boolean;
}

/** How each issue would be published; none where no platform is configured, or no branch is there to go into. Pure. */
export function publishings(issues: readonly PlannedIssue[], settings: LoopSettings): readonly Publishing[] {
  if (settings.platforms.length === 0 || settings.into === null) return [];
  return issues.map((planned) => {
    const { into, title, passed } = publishWork(planned, settings);
    return { issue: planned.issue.id.value, branch: planned.branch, into, title, isReady: passed.length > 0 };
  });
}

/** The same for people, and why there is none. Pure. */
export function publishLines(all: readonly Publishing[], { platforms, into }: LoopSettings): readonly string[] {
  if (platforms.length === 0)
    return ["published: nothing, since `issues.platform` is not set; what passed is a branch here"];
  if (into === null)
    return ["published: nothing, since no branch is checked out that it could go into, and `issues.into` names none"];
  return [
    `published by ${platforms.join(" and ")}, each when it has passed:`,
    ...all.map(({ issue, branch, into: base, isReady }) => {
      return `  ${issue}  ${branch} into ${base}, ${isReady ? "ready for review" : "a draft"}`;
    }),
  ];
}
