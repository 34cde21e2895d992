import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { byCodeUnit } from "../core/json.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Verdict } from "../core/status.ts";
import type { PassedVerification } from "../plugin/platform.ts";

/** What was found out about a commit. */
export interface Verification {
  readonly commit: string;
  readonly checks: readonly { readonly name: string; readonly verdict: Verdict }[];
}

/** The evidence by which a draft becomes ready: there were checks, and every one passed. Pure. */
export function passedVerification({ commit, checks }: Verification): Result<PassedVerification, Diagnostic> {
  const others = checks.filter(({ verdict }) => verdict !== "pass");
  const hint = "the draft stays one until every check passes on the commit that it shows";
  if (checks.length === 0) return fail(errorOf("SYM7415", `nothing was checked on ${commit}`, { hint }));
  if (others.length > 0)
    return fail(
      errorOf("SYM7415", `not every check passed on ${commit}`, {
        hint,
        notes: others.map(({ name, verdict }) => `${name}: ${verdict}`).sort(byCodeUnit),
      }),
    );
  const names = checks.map(({ name }) => name).sort(byCodeUnit);
  // The one place that makes such a value.
  return ok({ commit, checks: names } as unknown as PassedVerification);
}
