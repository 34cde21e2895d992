import { setTimeout as delay } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import type { Tinypool } from "tinypool";
import { isWorking, OUT_OF_MEMORY, type BrokerData, type FromBroker, type Loss, type ToBroker } from "./messages.ts";

// A thread of its own between the main process and the processes of one isolated plugin. The main thread may be blocked
// while it waits for an answer; and what the processes print is written to this thread's streams, which lead nowhere.

type Run = Extract<ToBroker, { type: "run" }>;

/** Milliseconds in which the last words of a process that is gone arrive. */
const LAST_WORDS_MS = 100;
/** So many characters of them are looked at. */
const LAST_WORDS = 8192;

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
  const state = { isLoaded: false, isLate: false };
  const give = (): void => {
    state.isLate = true;
    cancel.abort();
  };
  let timer = limits && setTimeout(give, limits.loadMs);
  const postMessage = (message: unknown): void => {
    if (isWorking(message)) {
      state.isLoaded = true;
      clearTimeout(timer);
      timer = limits && setTimeout(give, limits.hookMs);
    }
    tell({ type: "told", id, message });
  };
  try {
    const value: unknown = await (await opened()).run(task, { signal: cancel.signal, channel: { postMessage } });
    tell({ type: "done", id, value });
  } catch (thrown) {
    const given = hasBroken ? "unstarted" : state.isLate ? "silent" : "cancelled";
    const why = cancel.signal.aborted ? given : await whyEnded(thrown);
    tell({ type: "lost", id, loss: { why, isLoaded: state.isLoaded } });
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

/** The pool lets processes write to this thread's streams: takes what they write away. Gives what they said last on stderr. */
function muteStreams(): () => string {
  let tail = "";
  mute(process.stdout, () => undefined);
  mute(process.stderr, (text) => {
    tail = (tail + text).slice(-LAST_WORDS);
  });
  return () => {
    const said = tail;
    tail = "";
    return said;
  };
}

function mute(stream: NodeJS.WriteStream, take: (text: string) => void): void {
  Object.defineProperty(stream, "write", {
    value: (chunk: Uint8Array | string) => {
      take(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("latin1"));
      return true;
    },
  });
}
