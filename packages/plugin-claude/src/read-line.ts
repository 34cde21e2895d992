import type { AgentEvent, AgentFinish, AgentLine, AgentUsage, JsonValue } from "@symbiotic-build/engine";

/** An object of a line; what is in it is looked at as it is needed. */
export type Fields = { readonly [key: string]: JsonValue };

/** What one line of `--output-format stream-json` says. */
export function readLine(line: string): AgentLine {
  const message = parse(line);
  if (message === undefined)
    return { events: [{ type: "note", text: `a line that is no JSON: ${line.slice(0, 200)}` }] };
  const isSide = typeof message["parent_tool_use_id"] === "string";
  switch (textOf(message["type"])) {
    case "system":
      return systemLine(message);
    case "assistant":
      return assistantLine(fieldsOf(message["message"]), isSide);
    case "user":
      return userLine(message);
    case "rate_limit_event":
      return limitLine(fieldsOf(message["rate_limit_info"]));
    case "result":
      return resultLine(message);
    default:
      return { events: [] };
  }
}

function parse(line: string): Fields | undefined {
  try {
    const value = JSON.parse(line) as JsonValue;
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: JsonValue | undefined): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object, or one without anything in it. */
export function fieldsOf(value: JsonValue | undefined): Fields {
  return isFields(value) ? value : {};
}

/** A text, or an empty one. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function numberOf(value: JsonValue | undefined): number {
  return typeof value === "number" ? value : 0;
}

function listOf(value: JsonValue | undefined): readonly Fields[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]).filter(isFields) : [];
}

function systemLine(message: Fields): AgentLine {
  switch (textOf(message["subtype"])) {
    case "init":
      return {
        events: [
          { type: "session", id: textOf(message["session_id"]) },
          { type: "model", name: textOf(message["model"]) },
        ],
      };
    case "permission_denied": {
      const reason = textOf(message["decision_reason"]) || textOf(message["message"]).split("\n")[0];
      return { events: [{ type: "denied", tool: textOf(message["tool_name"]), reason: String(reason).slice(0, 500) }] };
    }
    case "api_retry":
      return retryLine(message);
    default:
      return { events: [] };
  }
}

/** It would try again by itself; the engine does, and by now knows all that it needs. Where there was no answer the end says why. */
function retryLine(message: Fields): AgentLine {
  const status = message["error_status"];
  if (typeof status !== "number") return { events: [] };
  const text = `the vendor answered ${String(status)} (${textOf(message["error"]).replaceAll("_", " ")})`;
  if (REFUSALS.has(status)) return { events: [], finish: { kind: "ended", end: "refused", message: text } };
  return { events: [], finish: transient(text, status === 429 ? numberOf(message["retry_delay_ms"]) : 0) };
}

/** Statuses after which the same request is of no use. */
export const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403, 404, 413, 422]);

/** A failure after which the same may go well. */
export function transient(message: string, waitMs: number): AgentFinish {
  return { kind: "ended", end: "crashed", message, isTransient: true, ...(waitMs > 0 ? { waitMs } : {}) };
}

function assistantLine(message: Fields, isSide: boolean): AgentLine {
  // What Claude Code says in the model's name: that a request failed.
  if (message["model"] === "<synthetic>") return { events: [] };
  const blocks = listOf(message["content"]);
  const usage: AgentEvent = {
    type: "usage",
    of: "call",
    id: textOf(message["id"]),
    ...(isSide ? { isSide } : {}),
    usage: usageOf(fieldsOf(message["usage"])),
  };
  const used = blocks.findLast(({ type }) => type === "tool_use");
  return {
    events: [...blocks.flatMap(blockEvents), usage],
    ...(used === undefined ? {} : { keep: { used: textOf(used["id"]) } }),
  };
}

function usageOf(usage: Fields): AgentUsage {
  return {
    input: numberOf(usage["input_tokens"]),
    cacheRead: numberOf(usage["cache_read_input_tokens"]),
    cacheWrite: numberOf(usage["cache_creation_input_tokens"]),
    output: numberOf(usage["output_tokens"]),
  };
}

function blockEvents({ type, text, name, input = null }: Fields): AgentEvent[] {
  if (type === "text" && textOf(text) !== "") return [{ type: "text", text: textOf(text) }];
  if (type !== "tool_use") return [];
  // How it ended is in a later line, in words for the model.
  if (name === "Bash") return [{ type: "command", command: textOf(fieldsOf(input)["command"]), exitCode: null }];
  return [{ type: "tool-use", tool: textOf(name), input }];
}

function userLine(message: Fields): AgentLine {
  const result = fieldsOf(message["tool_use_result"]);
  const change = textOf(result["type"]);
  const path = textOf(result["filePath"]);
  const blocks = listOf(fieldsOf(message["message"])["content"]).filter(({ type }) => type === "tool_result");
  const failed = blocks.some(({ is_error: isError }) => isError === true);
  const denied = hookDenial(message, blocks);
  if (denied !== undefined) return { events: [denied] };
  if (path === "" || failed) return { events: [] };
  return { events: [{ type: "file-change", path, change: change === "create" ? "added" : "modified" }] };
}

/** A hook's denial has no line of its own. */
function hookDenial(message: Fields, blocks: readonly Fields[]): AgentEvent | undefined {
  const isHook = listOf(message["tool_result_meta"]).some(
    (meta) => fieldsOf(meta["permission_decision"])["reason_type"] === "hook",
  );
  const text = textOf(blocks[0]?.["content"]);
  const [, tool, reason] = /^PreToolUse:(\w+) hook error: \[.*?\]: ([\s\S]*)$/.exec(text) ?? [];
  return isHook && blocks[0]?.["is_error"] === true
    ? { type: "denied", tool: tool ?? "", reason: (reason ?? text).trim().slice(0, 500) }
    : undefined;
}

/** A subscription's limit. That it draws near is only told. */
function limitLine({ status, resetsAt, rateLimitType }: Fields): AgentLine {
  const type = textOf(rateLimitType).replaceAll("_", " ");
  if (status !== "rejected") return { events: [{ type: "note", text: `usage limit (${type}): ${textOf(status)}` }] };
  const at = typeof resetsAt === "number" ? new Date(resetsAt * 1000).toISOString() : null;
  return { events: [], keep: { limit: { type, at } } };
}

function resultLine(message: Fields): AgentLine {
  const { used, ...rest } = totalsOf(message);
  const events: AgentEvent[] = used === undefined ? [] : [{ type: "usage", of: "run", ...used }];
  const session: AgentEvent[] =
    rest.usd === undefined || rest.usage === undefined
      ? []
      : [{ type: "usage", of: "session", usage: rest.usage, usd: rest.usd }];
  return { events: [...session, ...events], keep: { result: message } };
}

/** The cost and the models' tokens add up over a session; what is new since the last result is this run's. */
function totalsOf(message: Fields): {
  readonly used?: { readonly usage: AgentUsage; readonly usd: number };
  readonly usage?: AgentUsage;
  readonly usd?: number;
} {
  const usd = message["total_cost_usd"];
  const whole = isFields(message["modelUsage"]) ? ofModels(message["modelUsage"]) : undefined;
  const since = message["model_usage_since_last_result"];
  return {
    ...(typeof usd === "number" && whole !== undefined ? { usd, usage: whole.usage } : {}),
    ...(isFields(since) ? { used: ofModels(since) } : {}),
  };
}

function ofModels(models: Fields): { readonly usage: AgentUsage; readonly usd: number } {
  const all = Object.values(models).filter(isFields);
  const sum = (key: string): number => all.reduce((total, model) => total + numberOf(model[key]), 0);
  const usage = {
    input: sum("inputTokens"),
    cacheRead: sum("cacheReadInputTokens"),
    cacheWrite: sum("cacheCreationInputTokens"),
    output: sum("outputTokens"),
  };
  return { usage, usd: sum("costUSD") };
}
