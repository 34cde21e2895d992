import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Result } from "../../core/result.ts";
import type { Verification } from "../../platform/passed-verification.ts";
import type { EnsuredDraft } from "../../platform/ensure-draft.ts";

/** What a branch is published as. */
export interface Published {
  readonly as: EnsuredDraft["as"];
  /** `null` where it is not told. */
  readonly url: string | null;
  readonly number: number | null;
  /** The commit that is at the remote now. */
  readonly commit: string;
}

/** One way to publish a branch, whatever platforms there are. */
export interface Publisher {
  /** Sees to it that the branch is at the remote, with one draft. */
  bring(): Promise<Result<Published, Diagnostic>>;
  /** Makes the draft ready for review, where all passed on the commit. */
  makeReady(published: Published, verification: Verification): Promise<Result<unknown, Diagnostic>>;
}

/** Whether somebody has decided on it: nothing more is done with it. */
export function isDecided({ as }: Pick<Published, "as">): boolean {
  return as === "closed" || as === "merged";
}
