import { Writable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import type { Tinypool } from "tinypool";
import { isWorking, OUT_OF_MEMORY, type BrokerData, type FromBroker, type Loss, type ToBroker } from "./messages.ts";

// A thread of its own between the main process and the processes of one isolated plugin. The main thread may be blocked
// while it waits for an answer; and what the processes print is written to this thread's streams, which lead nowhere.

type Run = Extract<ToBroker, { type: "run" }>;

/** Milliseconds in which the last words of a process that is gone arrive. */
const LAST_WORDS_MS = 100;

const { port, bell, filename, name, processes, memoryMb, idleMs } = workerData as BrokerData;
const cancels = new Map<number, AbortController>();
const lastWords = muteStreams();
let pool: Promise<Tinypool> | undefined;
let hasBroken = false;

port.on("message", (message: ToBroker) => {
  if (message.type === "run") void run(message);
  else if (message.type === "cancel") cancels.get(message.id)?.abort();
  else void close();
});

async function run({ id, task, limits }: Run): Promise<void> {
  const cancel = new AbortController();
  cancels.set(id, cancel);
  let isLoaded = false;
  let isLate = false;
  const give = (): void => {
    isLate = true;
    cancel.abort();
  };
  let timer = limits && setTimeout(give, limits.loadMs);
  const postMessage = (message: unknown): void => {
    if (isWorking(message)) {
      isLoaded = true;
      clearTimeout(timer);
      timer = limits && setTimeout(give, limits.hookMs);
    }
    tell({ type: "told", id, message });
  };
  try {
    const value: unknown = await (await opened()).run(task, { signal: cancel.signal, channel: { postMessage } });
    tell({ type: "done", id, value });
  } catch (thrown) {
    const given = hasBroken ? "unstarted" : isLate ? "silent" : "cancelled";
    const why = cancel.signal.aborted ? given : await whyEnded(thrown);
    tell({ type: "lost", id, loss: { why, isLoaded } });
  } finally {
    clearTimeout(timer);
    cancels.delete(id);
  }
}

function tell(message: FromBroker): void {
  port.postMessage(message);
  Atomics.add(bell, 0, 1);
  Atomics.notify(bell, 0);
}

function opened(): Promise<Tinypool> {
  pool ??= open();
  return pool;
}

async function open(): Promise<Tinypool> {
  const { Tinypool } = await import("tinypool");
  const created = new Tinypool({
    runtime: "child_process",
    filename,
    name,
    minThreads: 0,
    maxThreads: processes,
    concurrentTasksPerWorker: 1,
    idleTimeout: idleMs,
    execArgv: [`--max-old-space-size=${String(Math.floor(memoryMb))}`],
    env: {},
  });
  // A process that ends before it has taken a task.
  created.on("error", () => {
    hasBroken = true;
    for (const cancel of cancels.values()) cancel.abort();
  });
  return created;
}

async function whyEnded(thrown: unknown): Promise<Loss["why"]> {
  if (!(thrown instanceof Error && thrown.message.includes("exited unexpectedly"))) return "unstarted";
  await delay(LAST_WORDS_MS);
  const said = lastWords();
  return said.includes(OUT_OF_MEMORY) || /heap out of memory|Array buffer allocation failed/.test(said)
    ? "memory"
    : "exited";
}

async function close(): Promise<void> {
  await (await pool)?.destroy().catch(() => undefined);
  port.close();
}

/** Keeps the pool, which lets processes write to the streams of its own, from reaching ours; gives what they said last on stderr. */
function muteStreams(): () => string {
  let tail = "";
  const sink = (take: (text: string) => void): Writable =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        take(chunk.toString("latin1"));
        done();
      },
    });
  const stderr = sink((text) => {
    tail = (tail + text).slice(-8192);
  });
  Object.defineProperty(process, "stdout", { value: sink(() => undefined), configurable: true });
  Object.defineProperty(process, "stderr", { value: stderr, configurable: true });
  return () => {
    const said = tail;
    tail = "";
    return said;
  };
}
