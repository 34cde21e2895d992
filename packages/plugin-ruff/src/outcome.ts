import type { Finding, Outcome } from "@symbiotic-build/engine";
import { count } from "@symbiotic-build/validator";

/** How a run of ruff ended; finding something is `ok`, as the run itself was. */
export function ruffOutcome(seen: {
  readonly tool: string;
  readonly findings: readonly Finding[];
  /** `2 findings`; not said where there are none. */
  readonly measured: string;
  readonly notChecked: readonly string[];
}): Outcome {
  const { tool, findings, notChecked } = seen;
  const summary = findings.length === 0 ? "ok" : seen.measured;
  if (notChecked.length === 0) return { status: "ok", evidence: { tool, findings }, summary };
  return {
    status: "ok",
    evidence: { tool, findings, data: { notChecked } },
    summary: `${summary}, ${count(notChecked.length, "file")} not checked`,
  };
}
