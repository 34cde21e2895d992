import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { ProcessStart } from "./job.ts";

/** Milliseconds between asking a process group to end and ending it. */
const GRACE_MS = 3000;

/** The process groups that tasks have started: the main process alone ends them. */
export interface ProcessGroups {
  /** To be called before a process is started: what ends it if this one is killed is then there, and not still to be started. */
  prepare(): void;
  /** A process is about to be there: should this one be killed before it can tell its id, it is found by this. */
  starting(start: ProcessStart): void;
  started(pid: number): void;
  ended(pid: number): void;
  /** Asks a group to end, and ends it after a grace. */
  terminate(pid: number): void;
  /** The same for all that run; settles when none is left. */
  terminateAll(): Promise<void>;
  close(): void;
}

/** Keeps account of process groups, with a reaper that ends them if this process is killed before it can. */
export function createProcessGroups(): ProcessGroups {
  const running = new Map<number, NodeJS.Timeout | undefined>();
  let reaper: ChildProcess | undefined;
  const tellReaper = (line: string): void => {
    reaper ??= startReaper();
    reaper.stdin?.write(`${line}\n`);
  };
  const groups: ProcessGroups = {
    prepare() {
      reaper ??= startReaper();
    },
    starting(start) {
      if (process.platform === "linux") tellReaper(`~${JSON.stringify(start)}`);
    },
    started(pid) {
      running.set(pid, undefined);
      tellReaper(`+${String(pid)}`);
    },
    ended(pid) {
      clearTimeout(running.get(pid));
      // What a task left behind in its group ends with it.
      if (process.platform !== "win32") signalGroup(pid, "SIGKILL");
      running.delete(pid);
      tellReaper(`-${String(pid)}`);
    },
    terminate(pid) {
      if (!running.has(pid) || running.get(pid) !== undefined) return;
      signalGroup(pid, "SIGTERM");
      const timer = setTimeout(() => {
        signalGroup(pid, "SIGKILL");
      }, GRACE_MS);
      running.set(pid, timer);
    },
    async terminateAll() {
      for (const pid of running.keys()) groups.terminate(pid);
      const deadline = Date.now() + GRACE_MS + 500;
      while (running.size > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
      for (const pid of running.keys()) signalGroup(pid, "SIGKILL");
    },
    close() {
      for (const timer of running.values()) clearTimeout(timer);
      reaper?.stdin?.end(".\n");
      reaper?.unref();
    },
  };
  return groups;
}

/** Sends a signal to every process of a group; on Windows ends the tree, which has no gentler way. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore", windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone: that is what was wanted.
  }
}

function startReaper(): ChildProcess {
  const name = import.meta.url.endsWith(".ts") ? "./reaper.ts" : "./reaper.js";
  const child = spawn(process.execPath, [fileURLToPath(new URL(name, import.meta.url))], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    windowsHide: true,
    env: {},
  });
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  child.unref();
  return child;
}
