import { readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";

/**
 * A program of its own, in its own session. It reads `+<pid>` and `-<pid>` lines; when its input ends, the engine is gone
 * (or done), and every group still listed is ended. A pid that another process has by then is left alone.
 */
const groups = new Map<number, string>();

function startTime(pid: number): string {
  try {
    return (
      readFileSync(`/proc/${String(pid)}/stat`, "utf8")
        .split(") ")
        .at(-1)
        ?.split(" ")[19] ?? ""
    );
  } catch {
    return "";
  }
}

function take(line: string): void {
  const pid = Number(line.slice(1));
  if (line.startsWith("+")) groups.set(pid, startTime(pid));
  else groups.delete(pid);
}

function endAll(): void {
  for (const [pid, started] of groups) {
    if (process.platform === "win32")
      spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore", windowsHide: true });
    else if (startTime(pid) === started || startTime(pid) === "") end(pid);
  }
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
