import type { JsonValue } from "@symbiotic-build/engine";
import { devReply, reviewReply } from "./schemas.ts";

/** What a developer's reply comes to, in a few words. */
export function devTold(reply: JsonValue): string {
  const read = devReply.safeParse(reply);
  return read.success ? read.data.status : "no reply";
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
