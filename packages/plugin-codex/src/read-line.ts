import type { AgentLine } from "@symbiotic-build/engine";
import { fieldsIn, fieldsOf, textOf, type Fields } from "./fields.ts";
import { usageOf } from "./usage.ts";

/** What one line of `codex exec --json` says. */
export function readLine(line: string): AgentLine {
  const message = fieldsIn(line);
  if (message === undefined)
    return { events: [{ type: "note", text: `a line that is no JSON: ${line.slice(0, 200)}` }] };
  switch (textOf(message["type"])) {
    case "thread.started":
      return { events: [{ type: "session", id: textOf(message["thread_id"]) }] };
    case "item.completed":
      return itemLine(fieldsOf(message["item"]));
    case "turn.completed":
      return {
        events: [{ type: "usage", of: "session", usage: usageOf(fieldsOf(message["usage"])) }],
        keep: { completed: true },
      };
    case "turn.failed":
      return { events: [], keep: { failed: textOf(fieldsOf(message["error"])["message"]) } };
    case "error":
      // Each "Reconnecting..." is one, too: only the turn says that it failed.
      return { events: [{ type: "note", text: textOf(message["message"]) }] };
    default:
      return { events: [] };
  }
}

/** Commands and edits are not read here: of quick ones nothing is printed. They are in the session's own file. */
function itemLine(item: Fields): AgentLine {
  const text = textOf(item["text"]);
  if (item["type"] === "agent_message") return { events: [{ type: "text", text }], keep: { text } };
  if (item["type"] === "error") return { events: [{ type: "note", text: textOf(item["message"]) }] };
  return { events: [] };
}
