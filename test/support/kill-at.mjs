// Loaded into a command before it starts: kills it right before the n-th time that it writes, moves or removes something of what it applies.
import fs from "node:fs";
import { isMainThread } from "node:worker_threads";

const APPLYING = /[\\/]\.symbiotic[\\/]applying[\\/]/;
let left = Number(process.env.KILL_AT);

if (isMainThread && process.argv[2] === process.env.KILL_OF) {
  for (const name of ["writeFileSync", "renameSync", "rmSync"]) {
    const real = fs[name];
    fs[name] = (...args) => {
      if (APPLYING.test(String(args[0])) && left-- === 0) process.kill(process.pid, "SIGKILL");
      return real(...args);
    };
  }
}
