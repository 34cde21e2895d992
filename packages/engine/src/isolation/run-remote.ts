import type { FromBroker, Loss } from "./messages.ts";
import { startBroker, type BrokerOptions } from "./start-broker.ts";

/** That a process was lost before it had done what it was to do. */
export class LostProcess extends Error {
  override readonly name = "LostProcess";
  readonly loss: Loss;

  constructor(loss: Loss) {
    super(`a process was lost: ${loss.why}`);
    this.loss = loss;
  }
}

/** Runs tasks in the processes of one isolated plugin. */
export interface Remote {
  /** `told`: what the process says on its way. Rejects with `LostProcess`; at once when it is given up. */
  run(task: unknown, host: RemoteHost): Promise<unknown>;
  /** Ends the processes. */
  close(): Promise<void>;
}

/** Who listens to a task, and who may give it up. */
export interface RemoteHost {
  readonly signal: AbortSignal;
  readonly told: (message: unknown) => void;
  /** Bytes that the plugin's processes printed: told when the task ends, if there are any. */
  readonly printed: (bytes: number) => void;
}

interface Waiting extends RemoteHost {
  readonly resolve: (value: unknown) => void;
  readonly reject: (lost: LostProcess) => void;
}

/** Milliseconds in which the processes are to be ended; the watchdog of each ends it later. */
const CLOSE_MS = 3000;

/** Starts a thread that keeps the processes. */
export function createRemote(options: BrokerOptions): Remote {
  const broker = startBroker(options);
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let hasEnded = false;
  const lose = (id: number, loss: Loss): void => {
    waiting.get(id)?.reject(new LostProcess(loss));
    waiting.delete(id);
  };
  broker.port.on("message", (message: FromBroker) => {
    const { id } = message;
    if (message.type === "told") waiting.get(id)?.told(message.message);
    else if (message.type === "lost") lose(id, message.loss);
    else {
      if (message.printed > 0) waiting.get(id)?.printed(message.printed);
      waiting.get(id)?.resolve(message.value);
      waiting.delete(id);
    }
  });
  const ended = new Promise<void>((resolve) => {
    broker.thread.once("exit", () => {
      hasEnded = true;
      for (const id of [...waiting.keys()]) lose(id, { why: "unstarted", isLoaded: false });
      resolve();
    });
  });
  return {
    run(task, host) {
      last += 1;
      const id = last;
      const result = new Promise((resolve, reject) => {
        waiting.set(id, { ...host, resolve, reject });
      });
      const giveUp = (): void => {
        broker.tell({ type: "cancel", id });
        lose(id, { why: "cancelled", isLoaded: true });
      };
      if (host.signal.aborted) giveUp();
      else if (hasEnded) lose(id, { why: "unstarted", isLoaded: false });
      else {
        host.signal.addEventListener("abort", giveUp, { once: true });
        broker.tell({ type: "run", id, task });
      }
      return result;
    },
    async close() {
      broker.tell({ type: "close" });
      const timer = setTimeout(() => void broker.thread.terminate(), CLOSE_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}
