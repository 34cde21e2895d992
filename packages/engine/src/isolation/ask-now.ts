import { receiveMessageOnPort } from "node:worker_threads";
import type { FromBroker, Loss, TimeLimits } from "./messages.ts";
import { startBroker, type Broker, type BrokerOptions } from "./start-broker.ts";

/** Asks a process and waits, with the whole thread, for the answer. */
export interface Asker {
  ask(task: unknown, limits: TimeLimits): Answered;
  /** Lets the process end. */
  close(): void;
}

/** What came of asking; `printed`: bytes that the process printed meanwhile. */
export type Answered = { readonly value: unknown; readonly printed: number } | { readonly loss: Loss };

/** Milliseconds that the thread between may take beyond what the process may: it tells of every end, unless it is gone itself. */
const BACKSTOP_MS = 5000;

/** An asker whose thread and process start with the first question. */
export function createAsker(options: Omit<BrokerOptions, "processes">): Asker {
  let broker: Broker | undefined;
  let last = 0;
  const started = (): Broker => {
    const next = startBroker({ ...options, processes: 1 });
    next.thread.once("exit", () => {
      if (broker === next) broker = undefined;
    });
    return next;
  };
  return {
    ask(task, limits) {
      broker ??= started();
      last += 1;
      broker.tell({ type: "run", id: last, task, limits });
      return waitFor(last, broker, Date.now() + limits.loadMs + limits.hookMs + BACKSTOP_MS);
    },
    close() {
      broker?.tell({ type: "close" });
      broker = undefined;
    },
  };
}

function waitFor(id: number, { port, bell }: Broker, deadline: number): Answered {
  for (;;) {
    // Read before the messages are: a message after it rings again.
    const rung = Atomics.load(bell, 0);
    for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
      const message = next.message as FromBroker;
      if (message.id !== id || message.type === "told") continue;
      if (message.type === "lost") return { loss: message.loss };
      return { value: message.value, printed: message.printed };
    }
    const left = deadline - Date.now();
    if (left <= 0) return { loss: { why: "silent", isLoaded: false } };
    Atomics.wait(bell, 0, rung, left);
  }
}
