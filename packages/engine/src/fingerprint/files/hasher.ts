import { statSync } from "node:fs";
import { workerData } from "node:worker_threads";
import type { HasherData } from "./hash-ahead.ts";
import { hashFile } from "./hash-file.ts";

// A thread that digests one file and ends.

const { path, bell, digits } = workerData as HasherData;
let answer = 2;
try {
  digits.set(Buffer.from(hashFile(path, statSync(path).size), "latin1"));
  answer = 1;
} finally {
  Atomics.store(bell, 0, answer);
  Atomics.notify(bell, 0);
}
