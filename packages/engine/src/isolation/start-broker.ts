import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { BrokerData, ToBroker } from "./messages.ts";

/** A thread that keeps the processes of one isolated plugin. It keeps no process alive. */
export interface Broker {
  readonly port: MessagePort;
  readonly bell: Int32Array<SharedArrayBuffer>;
  readonly thread: Worker;
  tell(message: ToBroker): void;
}

/** Which function the processes call, and what they may take. */
export type BrokerOptions = Omit<BrokerData, "port" | "bell">;

/** Starts the thread; processes start when there is something to do. */
export function startBroker(options: BrokerOptions): Broker {
  const { port1, port2 } = new MessageChannel();
  const bell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const name = import.meta.url.endsWith(".ts") ? "./broker.ts" : "./broker.js";
  const thread = new Worker(new URL(name, import.meta.url), {
    workerData: { ...options, port: port2, bell } satisfies BrokerData,
    transferList: [port2],
    env: {},
    execArgv: [],
    // What is written to the thread's streams is not handed on.
    stdout: true,
    stderr: true,
  });
  // Whoever waits for the thread has an end to the waiting.
  thread.on("error", () => undefined);
  thread.unref();
  port1.unref();
  return {
    port: port1,
    bell,
    thread,
    tell: (message) => {
      port1.postMessage(message);
    },
  };
}
