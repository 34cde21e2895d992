import type { JsonValue } from "@symbiotic-build/engine";
import { claimsIn } from "./ignored-claims.ts";
import type { PlannedIssue } from "./planned-issue.ts";
import { devReply, reviewReply } from "./schemas.ts";

/** What a developer's reply comes to, in a few words: `pass`, `pass, 2 claims ignored`. */
export function devTold(planned: PlannedIssue): (reply: JsonValue) => string {
  return (reply) => {
    const read = devReply.safeParse(reply);
    if (!read.success) return "no reply";
    const count = claimsIn(read.data, planned).length;
    const ignored = count === 0 ? [] : [`${String(count)} ${count === 1 ? "claim" : "claims"} ignored`];
    return [read.data.status, ...ignored].join(", ");
  };
}

/** What a review comes to: `pass`, `changes required: 1 high, 2 low`. */
export function reviewTold(reply: JsonValue): string {
  const read = reviewReply.safeParse(reply);
  if (!read.success) return "no reply";
  const { status, issues } = read.data;
  const counts = Map.groupBy(issues, ({ severity }) => severity);
  const told = [...counts].map(([severity, all]) => `${String(all.length)} ${severity}`);
  return [status.replace("_", " "), ...(told.length === 0 ? [] : [told.join(", ")])].join(": ");
}
