import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { Certificate } from "./certificate.ts";

/** The body of a request as far as a stub looks at it. */
export type Body = Readonly<Record<string, unknown>>;

/** A request that came through the proxy. */
export interface Seen {
  readonly method: string;
  readonly host: string;
  /** With its query. */
  readonly path: string;
  readonly token: string;
  readonly body: Body;
}

/** What a vendor answers. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that is none: the connection ends, or nothing ever comes. */
export type Fault = "drop" | "hang" | Answer;

/** A vendor on this machine: a proxy that ends TLS itself, for hosts whose names the certificate has. */
export interface VendorProxy extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly Seen[];
}

/** Starts it. A fault that is given for a request comes instead of the vendor's answer, after it where the vendor has already done what was asked. */
export async function startVendor(
  { cert, key }: Certificate,
  answer: (seen: Seen) => Answer,
  fault: (seen: Seen) => { readonly fault: Fault; readonly afterwards?: boolean } | undefined = () => undefined,
): Promise<VendorProxy> {
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  const api = createHttps({ cert, key }, (request, response) => {
    void readRequest(request).then((each) => {
      seen.push(each);
      const wrong = fault(each);
      if (wrong?.afterwards === true) answer(each);
      respond(response, wrong?.fault ?? answer(each));
    });
  });
  const proxy = createHttp((_, response) => void response.writeHead(502).end());
  proxy.on("connection", (socket) => void sockets.add(socket));
  proxy.on("connect", (_, socket, head: Buffer) => {
    socket.write("HTTP/1.1 200 Connected\r\n\r\n");
    if (head.length > 0) socket.unshift(head);
    socket.on("error", () => undefined);
    api.emit("connection", socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`,
    seen,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

function respond(response: ServerResponse, answer: Fault): void {
  if (answer === "hang") return;
  if (answer === "drop") {
    response.socket?.destroy();
    return;
  }
  response.writeHead(answer.status, { "content-type": "application/json; charset=utf-8", ...answer.headers });
  response.end(JSON.stringify(answer.body));
}

async function readRequest(request: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  const { method = "", url = "/", headers } = request;
  return {
    method,
    host: headers.host ?? "",
    path: url,
    token: (headers.authorization ?? "").replace(/^\w+ /, ""),
    body: text === "" ? {} : (JSON.parse(text) as Body),
  };
}
