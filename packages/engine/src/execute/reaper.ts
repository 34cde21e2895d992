import { spawnSync } from "node:child_process";
import { findOrphans, startTime } from "./orphans.ts";

/**
 * A program of its own, in its own session. It reads `+<pid>` and `-<pid>` lines; when its input ends, the engine is gone
 * (or done, and said `.`), and every group still listed is ended. A pid that another process has by then is left alone.
 * The engine may be killed after a process began and before it could tell its id: `~<start>` lines say what was about to
 * begin, and what is found of that without a parent is ended, too.
 */
const groups = new Map<number, string>();
const starts = new Set<string>();
const began = startTime(process.pid);
let isDone = false;
/** Milliseconds after the engine's end at which orphans are looked for: a process is not at once what it is to be. */
const LOOKS = [0, 50, 200, 500, 1500];

function take(line: string): void {
  const pid = Number(line.slice(1));
  if (line === ".") isDone = true;
  else if (line.startsWith("~")) starts.add(line.slice(1));
  else if (line.startsWith("+")) groups.set(pid, startTime(pid));
  else groups.delete(pid);
}

function endAll(): void {
  for (const [pid, started] of groups) {
    if (process.platform === "win32")
      spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore", windowsHide: true });
    else if (startTime(pid) === started || startTime(pid) === "") end(pid);
  }
  if (isDone || starts.size === 0) return;
  for (const ms of LOOKS) setTimeout(() => findOrphans([...starts], began).forEach(end), ms);
}

function end(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The group is gone.
  }
}

let rest = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (text: string) => {
  const lines = (rest + text).split("\n");
  rest = lines.pop() ?? "";
  for (const line of lines) take(line);
});
process.stdin.on("end", endAll);
