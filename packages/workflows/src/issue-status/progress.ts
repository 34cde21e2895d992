import type { Before, StepEnd, StepProgress } from "@symbiotic-build/engine";
import type { LoopSettings } from "../issue-loop/loop-settings.ts";
import { stepId } from "../issue-loop/step-ids.ts";
import { verdictOf } from "../issue-loop/verdict.ts";
import { START } from "../issues/text/place.ts";

/** As many rounds as a configuration may ask for, and one. */
const ROUNDS = [1, 2, 3, 4, 5, 6] as const;

/** How far an issue has come: what it cost, what is left to mend, and whether it is over. Pure. */
export function progressOf(id: string, ended: Before, settings: Pick<LoopSettings, "demand">): StepProgress {
  const issue = { id: { value: id, at: START } };
  const end = (step: Parameters<typeof stepId>[1]): StepEnd | undefined => ended(stepId(issue, step));
  const asks = [end("develop"), ...ROUNDS.flatMap((round) => [end(`review_${round}`), end(`fix_${round}`)])];
  const paid = asks.flatMap((each) => (typeof each?.data["usd"] === "number" ? [each] : []));
  const last = ROUNDS.findLast((round) => end(`review_${round}`)?.status === "ok");
  return {
    usd: paid.reduce((sum, { data }) => sum + Number(data["usd"]), 0),
    isEstimate: paid.some(({ data }) => data["isEstimate"] === true),
    open: last === undefined ? 0 : verdictOf(issue, last, withSkipped(ended), settings).demands.length,
    isDone: end("finish") !== undefined,
  };
}

/** A journal does not have what was skipped. */
function withSkipped(ended: Before): Before {
  return (id) => ended(id) ?? (/:(?:verify|check)_\d$/.test(id) ? SKIPPED : undefined);
}

const SKIPPED: StepEnd = { status: "skipped", summary: "", data: {} };
