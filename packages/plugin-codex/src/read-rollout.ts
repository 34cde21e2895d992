import type { AgentEvent, AgentLine, JsonValue } from "@symbiotic-build/engine";
import { fieldsIn, fieldsOf, textOf, type Fields } from "./fields.ts";
import { usageOf } from "./usage.ts";

/**
 * What a line of the session's own file says: what the model called for and was answered, which model it was, and what each
 * answer of it used. Neither the output nor the other lines of the file have all of that: of quick commands they say nothing.
 */
export function readRollout(line: string): AgentLine {
  const type = /"type":"(\w+)"/.exec(line.slice(0, 200))?.[1];
  if (type === undefined || !TYPES.has(type)) return NOTHING;
  const payload = fieldsOf(fieldsIn(line)?.["payload"]);
  if (type === "turn_context") return { events: [{ type: "model", name: textOf(payload["model"]) }] };
  return type === "token_usage_record" ? { events: [usageLine(payload)] } : itemLine(payload);
}

const NOTHING: AgentLine = { events: [] };

const TYPES: ReadonlySet<string> = new Set(["turn_context", "token_usage_record", "response_item"]);

function usageLine(payload: Fields): AgentEvent {
  const usage = usageOf(fieldsOf(payload["usage"]));
  return { type: "usage", of: "call", id: textOf(payload["response_id"]), usage };
}

function itemLine(item: Fields): AgentLine {
  switch (textOf(item["type"])) {
    case "function_call":
      return { events: [callLine(item)] };
    case "function_call_output":
      return commandOutput(textOf(item["output"]));
    case "custom_tool_call_output":
      return patchOutput(textOf(item["output"]));
    default:
      return NOTHING;
  }
}

/** How a command ended is in a later line. */
function callLine({ name, arguments: text }: Fields): AgentEvent {
  const input: JsonValue = fieldsIn(textOf(text)) ?? textOf(text);
  if (name === "exec_command") return { type: "command", command: textOf(fieldsOf(input)["cmd"]), exitCode: null };
  return { type: "tool-use", tool: textOf(name), input };
}

const BLOCKED = /^.*(?:Read-only file system|Operation not permitted).*$/m;

function commandOutput(output: string): AgentLine {
  const code = /^Process exited with code (-?\d+)$/m.exec(output)?.[1];
  const [blocked] = code === undefined || code === "0" ? [] : (BLOCKED.exec(output) ?? []);
  if (blocked === undefined) return { events: [], keep: { denied: null } };
  return deniedBy("command", "a command", blocked.trim().slice(0, 500));
}

function deniedBy(tool: string, what: string, reason: string): AgentLine {
  return { events: [{ type: "denied", tool, reason }], keep: { denied: `${what}: ${reason}` } };
}

const CHANGES = { A: "added", M: "modified", D: "deleted" } as const;

function patchOutput(output: string): AgentLine {
  const [, reason] = /^patch rejected: (.*)/.exec(output) ?? [];
  if (reason !== undefined) return deniedBy("apply_patch", "an edit", reason);
  const [, files] = /^Success\. Updated the following files:\n([\s\S]*)$/m.exec(output) ?? [];
  if (files === undefined) return NOTHING;
  const events = [...files.matchAll(/^([AMD]) (.+)$/gm)].map(
    ([, sign, path]): AgentEvent => ({
      type: "file-change",
      path: String(path),
      change: CHANGES[sign as keyof typeof CHANGES],
    }),
  );
  return { events, keep: { denied: null } };
}
