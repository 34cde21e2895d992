import type { IssuesSetting } from "@symbiotic-build/engine";
import type { ReviewSeverity } from "./schemas.ts";

/** What a loop is run by: settings and flags together. */
export interface LoopSettings {
  readonly developer: string | undefined;
  readonly reviewer: string | undefined;
  readonly validate: readonly string[];
  /** How often a change is fixed at most. */
  readonly fixes: number;
  readonly demand: readonly ReviewSeverity[];
  readonly budget: Readonly<Partial<Record<"usd" | "turns" | "seconds", number>>>;
  /** None where nothing is published. */
  readonly platforms: readonly string[];
  readonly into: string | null;
  readonly ready: boolean;
  /** A person approved that a platform asks others to review a whole stack. */
  readonly isApproved: boolean;
  readonly writesReviews: boolean;
  readonly keepsTrees: boolean;
}

/** Severities that ask for a fix where nobody says otherwise. */
const DEMAND = ["blocker", "high"] as const;
/** As the seed of the loop has it: two fixes, then it is capped. */
const FIXES = 2;

/** The settings of a loop, with what flags say. */
export function loopSettings(
  setting: IssuesSetting,
  {
    branch,
    flags,
  }: {
    readonly branch: string | null;
    readonly flags: ReadonlySet<string>;
  },
): LoopSettings {
  return {
    developer: setting.developer,
    reviewer: setting.reviewer ?? setting.developer,
    validate: setting.validate ?? [],
    fixes: setting.fixes ?? FIXES,
    demand: setting.demand ?? DEMAND,
    budget: budgetOf(setting.budget ?? {}),
    platforms: [setting.platform ?? []].flat(),
    into: setting.into ?? branch,
    ready: setting.ready ?? false,
    isApproved: flags.has("approve-publish"),
    writesReviews: !flags.has("no-review-docs"),
    keepsTrees: flags.has("keep"),
  };
}

function budgetOf(budget: NonNullable<IssuesSetting["budget"]>): LoopSettings["budget"] {
  return Object.fromEntries(Object.entries(budget).filter(([, value]) => value !== undefined));
}
