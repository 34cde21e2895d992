import type { AgentFinish, AgentProcess } from "@symbiotic-build/engine";
import { fieldsOf, REFUSALS, textOf, transient, type Fields } from "./read-line.ts";

/** How Claude Code ended. Its exit code says little: 0 is also an end without any result, and a failed request is a `success`. */
export function end({ exitCode, signal, kept, stderr, wantsReply }: AgentProcess): AgentFinish {
  const result = fieldsOf(kept["result"]);
  if (result["type"] !== "result") return withoutResult(exitCode, signal, stderr);
  switch (textOf(result["subtype"])) {
    case "success":
      return result["is_error"] === true ? failed(result, fieldsOf(kept["limit"])) : answered(result, kept, wantsReply);
    case "error_max_turns":
      return { kind: "ended", end: "turn-limit", message: reasonOf(result) };
    case "error_max_budget_usd":
      return { kind: "ended", end: "budget", message: reasonOf(result) };
    case "error_max_structured_output_retries":
      return { kind: "unfit", message: reasonOf(result) };
    default:
      return { kind: "ended", end: "crashed", message: `${textOf(result["subtype"])}: ${reasonOf(result)}` };
  }
}

function reasonOf({ errors, result }: Fields): string {
  return Array.isArray(errors) ? errors.map(String).join("\n") : textOf(result);
}

function withoutResult(exitCode: number | null, signal: string | null, stderr: string): AgentFinish {
  const how = signal === null ? `ended with exit code ${String(exitCode)}` : `was ended by ${signal}`;
  const said = stderr.trim().split("\n").slice(-5).join("\n");
  const message = `it ${how} and left no result${said === "" ? "" : `: ${said}`}`;
  return { kind: "ended", end: "crashed", message };
}

/** An agent that was denied the last thing that it tried has given up there, unless it answers what was asked. */
function answered(result: Fields, kept: AgentProcess["kept"], wantsReply: boolean): AgentFinish {
  const text = textOf(result["result"]);
  const reply = result["structured_output"];
  if (reply !== undefined) return { kind: "answered", text, reply };
  const denials = Array.isArray(result["permission_denials"]) ? result["permission_denials"].map(fieldsOf) : [];
  const last = denials.find((denial) => denial["tool_use_id"] === kept["used"]);
  if (last === undefined || wantsReply) return { kind: "answered", text };
  return { kind: "ended", end: "denied", message: `it was not allowed to use ${useOf(last)}, and stopped: ${text}` };
}

function useOf(denial: Fields): string {
  const input = fieldsOf(denial["tool_input"]);
  const what = textOf(input["command"]) || textOf(input["file_path"]);
  return what === "" ? textOf(denial["tool_name"]) : `${textOf(denial["tool_name"])} (${what.slice(0, 200)})`;
}

function failed(result: Fields, limit: Fields): AgentFinish {
  const message = textOf(result["result"]);
  const status = result["api_error_status"];
  if (limit["type"] !== undefined || result["api_error"] === "usage_limit_reached") return limited(message, limit);
  if (typeof status === "number")
    return REFUSALS.has(status) ? { kind: "ended", end: "refused", message } : transient(message, 0);
  // Without a status: not signed in, or no connection.
  if (/Not logged in|\/login|Invalid API key|credit balance/i.test(message))
    return { kind: "ended", end: "refused", message };
  return transient(message, 0);
}

function limited(message: string, { at }: Fields): AgentFinish {
  const resetsAt = textOf(at);
  return { kind: "ended", end: "usage-limit", message, ...(resetsAt === "" ? {} : { resetsAt }) };
}
