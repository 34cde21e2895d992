import type { AgentFinish, AgentProcess } from "@symbiotic-build/engine";
import { textOf } from "./fields.ts";

/** How Codex ended. */
export function end({ exitCode, signal, kept, stderr, wantsReply, endedAt }: AgentProcess): AgentFinish {
  const failed = kept["failed"];
  if (typeof failed === "string") return failure(failed, endedAt);
  if (kept["completed"] !== true) return withoutTurn(exitCode, signal, stderr);
  const text = textOf(kept["text"]);
  const denied = textOf(kept["denied"]);
  if (denied === "" || wantsReply) return { kind: "answered", text };
  return { kind: "ended", end: "denied", message: `it was not allowed to do ${denied}, and stopped: ${text}` };
}

/** Statuses after which the same request is of no use. */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403, 404, 413, 422]);

/** A turn that failed is told in words only. */
function failure(message: string, endedAt: number): AgentFinish {
  if (/usage limit/i.test(message)) return limited(message, endedAt);
  if (/quota exceeded|billing|missing environment variable|invalid.request/i.test(message)) return refused(message);
  const status = Number(/\bstatus:? (\d{3})\b/.exec(message)?.[1] ?? 0);
  if (REFUSALS.has(status)) return refused(message);
  if (status === 429 || status >= 500 || FLEETING.test(message)) return transient(message);
  // A body of 400 is told as it is.
  if (message.startsWith("{")) return refused(message);
  return { kind: "ended", end: "crashed", message };
}

const FLEETING =
  /high demand|overloaded|stream disconnected|stream closed|connection (?:failed|refused|reset|closed)|error sending request|timed? ?out|transport error|rate limit/i;

function refused(message: string): AgentFinish {
  return { kind: "ended", end: "refused", message };
}

function transient(message: string): AgentFinish {
  const [, number, unit] = /try again in (\d+(?:\.\d+)?) ?(ms|s)/i.exec(message) ?? [];
  const waitMs = Math.ceil(Number(number ?? 0) * (unit === "ms" ? 1 : 1000));
  return { kind: "ended", end: "crashed", message, isTransient: true, ...(waitMs > 0 ? { waitMs } : {}) };
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Tells the reset in the machine's own time and to the minute: with a day, or without one where that is the same. */
function limited(message: string, endedAt: number): AgentFinish {
  const [, day, time] =
    /try again at (?:(\w{3} \d{1,2})(?:st|nd|rd|th)?, )?((?:\d{4} )?\d{1,2}:\d{2} [AP]M)/.exec(message) ?? [];
  if (time === undefined) return { kind: "ended", end: "usage-limit", message };
  const today = new Date(endedAt).toDateString();
  const at = Date.parse(day === undefined ? `${today} ${time}` : `${day}, ${time}`) + MINUTE;
  // Just before midnight the same day is the next one.
  const resetsAt = new Date(day === undefined && at < endedAt - DAY / 2 ? at + DAY : at);
  return { kind: "ended", end: "usage-limit", message, resetsAt: resetsAt.toISOString() };
}

function withoutTurn(exitCode: number | null, signal: string | null, stderr: string): AgentFinish {
  const said = stderr
    .split("\n")
    .filter(
      (line) =>
        line.trim() !== "" && !/^(?:WARNING: proceeding|Reading (?:additional input|prompt) from stdin)/.test(line),
    )
    .slice(-5)
    .join("\n");
  const isRefused = /missing environment variable|not logged in|codex login/i.test(said);
  const how = signal === null ? `ended with exit code ${String(exitCode)}` : `was ended by ${signal}`;
  const message = `it ${how} before its turn was over${said === "" ? "" : `: ${said}`}`;
  return { kind: "ended", end: isRefused ? "refused" : "crashed", message };
}
