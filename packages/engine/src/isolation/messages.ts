import type { MessagePort } from "node:worker_threads";

/** What the thread that keeps an isolated plugin's processes is started with. */
export interface BrokerData {
  readonly port: MessagePort;
  /** One number that grows with each message from the thread, so that a blocked reader wakes. */
  readonly bell: Int32Array<SharedArrayBuffer>;
  /** The module whose function `name` is called in the processes; absolute. */
  readonly filename: string;
  readonly name: string;
  /** How many processes there may be at once. */
  readonly processes: number;
  readonly memoryMb: number;
  /** Milliseconds after which a process that has nothing to do is ended. */
  readonly idleMs: number;
  /** What they are started with; nothing where it is not said. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** What the thread is told. */
export type ToBroker =
  /** `limits`: how long it may take until the process says that it works, and from then until its answer. */
  | { readonly type: "run"; readonly id: number; readonly task: unknown; readonly limits?: TimeLimits }
  | { readonly type: "cancel"; readonly id: number }
  | { readonly type: "close" };

/** Milliseconds. */
export interface TimeLimits {
  readonly loadMs: number;
  readonly hookMs: number;
}

/** What the thread tells. Each run ends with `done` or `lost`; `printed`: bytes that the processes printed since the last end of a run. */
export type FromBroker =
  | { readonly type: "told"; readonly id: number; readonly message: unknown }
  | { readonly type: "done"; readonly id: number; readonly value: unknown; readonly printed: number }
  | { readonly type: "lost"; readonly id: number; readonly loss: Loss };

/** How a process was lost before it had answered. */
export interface Loss {
  /** `silent`: its time was up. `unstarted`: it could not be started at all. */
  readonly why: "exited" | "memory" | "silent" | "cancelled" | "unstarted";
  /** Whether it had imported the plugin by then. */
  readonly isLoaded: boolean;
  /** The error that ended it, as it said itself: one line. */
  readonly lastWords?: string;
}

/** What a process says when it has imported the plugin and begins to work. */
export const WORKING = { type: "working" } as const;

/** Whether a message is that. */
export function isWorking(message: unknown): boolean {
  return typeof message === "object" && message !== null && "type" in message && message.type === WORKING.type;
}

/** What the watchdog of a process writes before it ends a process that took too much memory. */
export const OUT_OF_MEMORY = "symbiotic: out of memory";
