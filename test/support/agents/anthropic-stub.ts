import type { ServerResponse } from "node:http";
import {
  eventStream,
  startStub,
  type RequestBody,
  type Script,
  type Stub,
  type Turn,
  type Vendor,
} from "./stub-server.ts";

/** Anthropic's Messages API on this machine. */
export function startAnthropic(script: Script): Promise<Stub> {
  return startStub(anthropic, script);
}

interface Message {
  readonly role: string;
  readonly content: string | readonly { readonly type: string }[];
}

const anthropic: Vendor = {
  path: /^\/v1\/messages(\?|$)/,
  turnOf(body) {
    const messages = (body["messages"] ?? []) as readonly Message[];
    return messages.slice(messages.findLastIndex(isAsked) + 1).filter(({ role }) => role === "assistant").length;
  },
  error: (status, { error = {} }) => ({
    type: "error",
    error: { type: ERRORS[status] ?? "api_error", message: `stub ${String(status)}`, ...error },
    request_id: "req_stub",
  }),
  send,
};

/** A message of the user, and not a tool's result that is sent in the user's name. */
function isAsked({ role, content }: Message): boolean {
  if (role !== "user") return false;
  return typeof content === "string" || !content.some(({ type }) => type === "tool_result");
}

const ERRORS: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  529: "overloaded_error",
};

let messages = 0;

function send(response: ServerResponse, turn: Turn, body: RequestBody): void {
  messages += 1;
  const blocks = blocksOf(turn);
  const [input, output] = [turn.usage?.input ?? 1000, turn.usage?.output ?? 50];
  const usage = { input_tokens: input, output_tokens: 1, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
  const reason = turn.calls === undefined ? "end_turn" : "tool_use";
  const { event, end } = eventStream(response, turn);
  const message = { id: `msg_stub_${String(messages)}`, type: "message", role: "assistant", model: body["model"] };
  event("message_start", { message: { ...message, content: [], stop_reason: null, stop_sequence: null, usage } });
  for (const [index, { start, delta }] of blocks.entries()) {
    event("content_block_start", { index, content_block: start });
    event("content_block_delta", { index, delta });
    event("content_block_stop", { index });
  }
  end(() => {
    event("message_delta", { delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens: output } });
    event("message_stop", {});
  });
}

function blocksOf({ text, calls = [] }: Turn): readonly { readonly start: object; readonly delta: object }[] {
  const said = { start: { type: "text", text: "" }, delta: { type: "text_delta", text } };
  const used = calls.map(({ name, input }, index) => ({
    start: { type: "tool_use", id: `toolu_stub_${String(messages)}_${String(index)}`, name, input: {} },
    delta: { type: "input_json_delta", partial_json: JSON.stringify(input) },
  }));
  return [...(text === undefined ? [] : [said]), ...used];
}
