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

/** OpenAI's Responses API on this machine; its address has the version in it, as the vendor's has. */
export async function startOpenAI(script: Script): Promise<Stub> {
  const stub = await startStub(openAI, script);
  return {
    url: `${stub.url}/v1`,
    requests: stub.requests,
    [Symbol.asyncDispose]: () => stub[Symbol.asyncDispose](),
  };
}

interface Item {
  readonly type: string;
  readonly role?: string;
}

const openAI: Vendor = {
  path: /^\/v1\/responses(\?|$)/,
  turnOf(body) {
    const items = (body["input"] ?? []) as readonly Item[];
    const asked = items.findLastIndex(({ type, role }) => type === "message" && role === "user");
    return items.slice(asked + 1).filter(({ type }) => type.endsWith("_call_output")).length;
  },
  error: (status, { error = {} }) => ({
    error: { message: `stub ${String(status)}`, type: "stub_error", code: null, ...error },
  }),
  send,
};

let responses = 0;

function send(response: ServerResponse, turn: Turn, body: RequestBody): void {
  responses += 1;
  const { event, end } = eventStream(response, turn);
  const base = { id: `resp_stub_${String(responses)}`, object: "response", model: body["model"], output: [] };
  const items = itemsOf(turn);
  event("response.created", { response: { ...base, status: "in_progress" } });
  for (const [index, item] of items.entries()) {
    event("response.output_item.added", { output_index: index, item });
    event("response.output_item.done", { output_index: index, item });
  }
  end(() => {
    event("response.completed", { response: { ...base, status: "completed", output: items, usage: usageOf(turn) } });
  });
}

function itemsOf({ text, calls = [] }: Turn): readonly object[] {
  const id = String(responses);
  const said = { type: "message", id: `msg_${id}`, role: "assistant", status: "completed" };
  const used = calls.map(({ name, input }, index) => {
    const call = {
      id: `call_${id}_${String(index)}`,
      call_id: `call_${id}_${String(index)}`,
      name,
      status: "completed",
    };
    return typeof input === "string"
      ? { type: "custom_tool_call", ...call, input }
      : { type: "function_call", ...call, arguments: JSON.stringify(input) };
  });
  return [
    ...(text === undefined ? [] : [{ ...said, content: [{ type: "output_text", text, annotations: [] }] }]),
    ...used,
  ];
}

function usageOf({ usage }: Turn): object {
  const [input, output] = [usage?.input ?? 1000, usage?.output ?? 50];
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: 100 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 10 },
    total_tokens: input + output,
  };
}
