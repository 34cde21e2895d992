import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a stub answers to one request of an agent: a message, tool calls, or trouble. */
export interface Turn {
  /** What the model says. */
  readonly text?: string;
  /** Tools that the model calls; an input that is a text is a call of a tool that takes free text. */
  readonly calls?: readonly { readonly name: string; readonly input: object | string }[];
  /** What the vendor counts for this answer, where it is not 1000 in and 50 out. */
  readonly usage?: { readonly input?: number; readonly output?: number };
  /** The answer is this status, and an error of the vendor's shape. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The error's own members beside the message. */
  readonly error?: Readonly<Record<string, unknown>>;
  /** `hang`: no answer ever. `drop`: the connection ends within the answer. `malformed`: what is sent is no JSON. */
  readonly fault?: "hang" | "drop" | "malformed";
  /** The answer waits for this. */
  readonly after?: Promise<unknown>;
}

/** What an answer is chosen by. */
export interface Asked {
  /** How many answers the conversation has since the last message of the user. */
  readonly turn: number;
  /** How many requests came before this one. */
  readonly call: number;
  readonly body: RequestBody;
}

/** One answer after another, the last again and again; or a choice. */
export type Script = readonly [Turn, ...Turn[]] | ((asked: Asked) => Turn);

/** The body of a request as far as any stub looks at it. */
export type RequestBody = Readonly<Record<string, unknown>>;

/** A request that came. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: RequestBody;
}

/** A vendor's API on this machine, which does as a script says. */
export interface Stub extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly Request[];
}

/** What one vendor's API is like. */
export interface Vendor {
  /** The path that answers come from. */
  readonly path: RegExp;
  /** How many answers the conversation has since the last message of the user. */
  turnOf(body: RequestBody): number;
  send(response: ServerResponse, turn: Turn, body: RequestBody): void;
  error(status: number, turn: Turn): object;
}

/** Starts a vendor's API. Without a port, one that is free. */
export async function startStub(vendor: Vendor, script: Script): Promise<Stub> {
  const requests: Request[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const { method = "", url = "/", headers } = request;
      requests.push({ method, path: url, headers, body });
      answer(vendor, { script, call: requests.filter(({ path }) => vendor.path.test(path)).length - 1 }, [
        url,
        body,
        response,
      ]);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(
  vendor: Vendor,
  { script, call }: { readonly script: Script; readonly call: number },
  [url, body, response]: readonly [string, RequestBody, ServerResponse],
): void {
  if (!vendor.path.test(url)) {
    json(response, 404, { error: { type: "not_found_error", message: "no route" } });
    return;
  }
  const turn = vendor.turnOf(body);
  const chosen = typeof script === "function" ? script({ turn, call, body }) : (script[turn] ?? script.at(-1)!);
  if (chosen.fault === "hang") return;
  if (chosen.after === undefined) respond(vendor, chosen, [body, response]);
  else void chosen.after.then(() => respond(vendor, chosen, [body, response]));
}

function respond(vendor: Vendor, chosen: Turn, [body, response]: readonly [RequestBody, ServerResponse]): void {
  if (chosen.status === undefined) {
    vendor.send(response, chosen, body);
    return;
  }
  for (const [name, value] of Object.entries(chosen.headers ?? {})) response.setHeader(name, value);
  json(response, chosen.status, vendor.error(chosen.status, chosen));
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? {} : (JSON.parse(text) as RequestBody);
}

/** Sends server-sent events; gives what sends one, and what ends them as the turn says. */
export function eventStream(
  response: ServerResponse,
  { fault, headers = {} }: Turn,
): { readonly event: (type: string, data: object) => void; readonly end: (rest: () => void) => void } {
  response.writeHead(200, { "content-type": "text/event-stream", ...headers });
  if (fault === "malformed") {
    response.end("event: message_start\ndata: {not json\n\n");
    return { event: () => undefined, end: () => undefined };
  }
  return {
    event: (type, data) => void response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`),
    end(rest) {
      // Written first: what is dropped is a stream, and not a request.
      if (fault === "drop") return void setImmediate(() => response.destroy());
      rest();
      response.end();
    },
  };
}
