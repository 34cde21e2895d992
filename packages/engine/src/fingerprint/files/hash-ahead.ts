import type { Digest } from "./hash-file.ts";

/** A file that a thread digests beside this one, before anybody asks. */
export interface HashedAhead {
  /** Its digest, once the thread has it. Undefined for another file, for another state of it, and where the thread has none. */
  digestOf(path: string, stamp: string): Digest | undefined;
}

/** What the thread is told, and where it leaves what it finds. */
export interface HasherData {
  /** Absolute. */
  readonly path: string;
  /** 1 in its only place when the digest is there, 2 when there is none. */
  readonly bell: Int32Array<SharedArrayBuffer>;
  /** The digest's digits as ASCII. */
  readonly digits: Uint8Array<SharedArrayBuffer>;
}

const DIGITS = 64;
/** A thread that never rings is no reason to wait for ever: the file is digested here then. */
const PATIENCE_MS = 10_000;

/** Begins to digest a file. `stamp`: how it looks now; of a file that looks otherwise when it is asked for nothing is known. */
export function hashAhead(path: string, stamp: string): HashedAhead {
  const bell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const digits = new Uint8Array(new SharedArrayBuffer(DIGITS));
  const name = import.meta.url.endsWith(".ts") ? "./hasher.ts" : "./hasher.js";
  const workerData: HasherData = { path, bell, digits };
  // Loaded here: most runs have nothing to do with threads.
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  const thread = new Worker(new URL(name, import.meta.url), {
    workerData,
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  // It leaves nothing then, and nobody is told: whoever asks digests the file.
  thread.on("error", () => Atomics.store(bell, 0, 2));
  thread.unref();
  return {
    digestOf(asked, seen) {
      if (asked !== path || seen !== stamp) return undefined;
      Atomics.wait(bell, 0, 0, PATIENCE_MS);
      return Atomics.load(bell, 0) === 1 ? Buffer.from(digits).toString("latin1") : undefined;
    },
  };
}
