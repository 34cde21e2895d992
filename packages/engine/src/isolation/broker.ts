import { setImmediate as soon, setTimeout as delay } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import type { Tinypool } from "tinypool";
import { lossOf } from "./last-words.ts";
import { isWorking, type BrokerData, type FromBroker, type Loss, type ToBroker } from "./messages.ts";

// A thread of its own between the main process and the processes of one isolated plugin. The main thread may be blocked
// while it waits for an answer; and what the processes print is written to this thread's streams, which lead nowhere.

type Run = Extract<ToBroker, { type: "run" }>;

/** One task on its way. */
interface Open {
  readonly cancel: AbortController;
  isLoaded: boolean;
  /** Why it was given up, once it was. */
  givenUp?: Loss["why"];
}

/** Milliseconds in which the last words of a process that is gone arrive. */
const LAST_WORDS_MS = 100;
/** So many characters of them are looked at. */
const LAST_WORDS = 8192;

const { port, bell, filename, name, processes, memoryMb, idleMs, environment } = workerData as BrokerData;
const open = new Map<number, Open>();
const said = { bytes: 0, tail: "" };
let pool: Promise<Tinypool> | undefined;

mute(process.stdout, () => undefined);
mute(process.stderr, (text) => {
  said.tail = (said.tail + text).slice(-LAST_WORDS);
});

port.on("message", (message: ToBroker) => {
  if (message.type === "run") void run(message);
  else if (message.type === "cancel") giveUp(message.id, "cancelled");
  else void close();
});

function giveUp(id: number, why: Loss["why"]): void {
  const task = open.get(id);
  if (task === undefined) return;
  task.givenUp ??= why;
  task.cancel.abort();
}

async function run({ id, task, limits }: Run): Promise<void> {
  const state: Open = { cancel: new AbortController(), isLoaded: false };
  open.set(id, state);
  const silent = (): void => {
    giveUp(id, "silent");
  };
  let timer = limits && setTimeout(silent, limits.loadMs);
  const postMessage = (message: unknown): void => {
    if (isWorking(message)) {
      state.isLoaded = true;
      clearTimeout(timer);
      timer = limits && setTimeout(silent, limits.hookMs);
    }
    tell({ type: "told", id, message });
  };
  try {
    const { signal } = state.cancel;
    const value: unknown = await (await opened()).run(task, { signal, channel: { postMessage } });
    tell({ type: "done", id, value, printed: await printed() });
  } catch (thrown) {
    const loss = state.givenUp === undefined ? await ended(thrown) : { why: state.givenUp };
    // The loss is told; what it printed on its way, its last words too, is no other news.
    await printed();
    tell({ type: "lost", id, loss: { ...loss, isLoaded: state.isLoaded } });
  } finally {
    clearTimeout(timer);
    open.delete(id);
  }
}

function tell(message: FromBroker): void {
  port.postMessage(message);
  Atomics.add(bell, 0, 1);
  Atomics.notify(bell, 0);
}

function opened(): Promise<Tinypool> {
  pool ??= openPool();
  return pool;
}

async function openPool(): Promise<Tinypool> {
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
    env: given(environment),
  });
  // A process that ends before it has taken a task: what has not begun may wait for it, and for ever.
  created.on("error", () => void notStarted());
  return created;
}

function given(environment: BrokerData["environment"] = {}): Record<string, string> {
  const entries = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

async function notStarted(): Promise<void> {
  const waiting = [...open].flatMap(([id, { isLoaded }]) => (isLoaded ? [] : [id]));
  const { why } = await lastLoss();
  for (const id of waiting) giveUp(id, why === "memory" ? why : "unstarted");
}

async function ended(thrown: unknown): Promise<Pick<Loss, "why" | "lastWords">> {
  const isEnd = thrown instanceof Error && thrown.message.includes("exited unexpectedly");
  return isEnd ? lastLoss() : { why: "unstarted" };
}

async function lastLoss(): Promise<Pick<Loss, "why" | "lastWords">> {
  await delay(LAST_WORDS_MS);
  const loss = lossOf(said.tail);
  said.tail = "";
  return loss;
}

/** What was printed before an answer lies in the pipes when the answer comes: it is taken in the same turn. */
async function printed(): Promise<number> {
  await soon();
  const { bytes } = said;
  said.bytes = 0;
  return bytes;
}

async function close(): Promise<void> {
  await (await pool)?.destroy().catch(() => undefined);
  port.close();
}

/** The pool lets processes write to this thread's streams: takes what they write away. */
function mute(stream: NodeJS.WriteStream, take: (text: string) => void): void {
  Object.defineProperty(stream, "write", {
    value: (chunk: Uint8Array | string) => {
      said.bytes += chunk.length;
      take(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("latin1"));
      return true;
    },
  });
}
