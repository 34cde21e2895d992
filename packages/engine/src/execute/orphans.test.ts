import { spawn, type ChildProcess } from "node:child_process";
import { realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { findOrphans, startTime } from "./orphans.ts";

/** A process of its own session, whose parent is this one. */
function started(args: readonly string[], cwd: string): ChildProcess & Disposable {
  const child = spawn(process.execPath, args, { cwd, detached: true, stdio: "ignore" });
  return Object.assign(child, { [Symbol.dispose]: () => void child.kill("SIGKILL") });
}

test.skipIf(process.platform !== "linux")("a process that still has its parent is nobody's orphan", async () => {
  const args = ["-e", "setTimeout(() => {}, 60_000) // orphans.test"];
  const cwd = realpathSync(tmpdir());
  using child = started(args, cwd);
  await new Promise((resolve) => child.once("spawn", resolve));
  const start = JSON.stringify({ cwd, program: "node", args: args.join("\0") });
  expect(findOrphans([start], "0")).not.toContain(child.pid);
});

test.skipIf(process.platform !== "linux")(
  "a process that has lost its parent is found by its folder and command line, and by no others",
  async () => {
    const script = "setTimeout(() => {}, 60_000) // orphaned";
    const cwd = realpathSync(tmpdir());
    // The one in the middle ends: what it started then has the parent that a reaper would have, too.
    const look = `
      const { findOrphans } = await import(${JSON.stringify(new URL("./orphans.ts", import.meta.url).href)});
      const start = (cwd, args) => JSON.stringify({ cwd, program: "node", args });
      const args = ["-e", ${JSON.stringify(script)}].join("\\0");
      const of = (...starts) => findOrphans(starts, process.argv[1]);
      process.once("disconnect", async () => {
        while (process.ppid === Number(process.argv[2])) await new Promise((resolve) => setTimeout(resolve, 5));
        const all = [of(start(${JSON.stringify(cwd)}, args)), of(start("/", args)), of(start(${JSON.stringify(cwd)}, "else")), findOrphans([start(${JSON.stringify(cwd)}, args)], "99999999999999")];
        for (const pid of all[0]) process.kill(-pid, "SIGKILL");
        process.stdout.write(JSON.stringify(all));
      });
      process.send("ready");
    `;
    const middle = `
      const { spawn } = require("node:child_process");
      const orphan = spawn(process.execPath, ["-e", ${JSON.stringify(script)}], { detached: true, stdio: "ignore" });
      orphan.once("spawn", () => {
        process.stderr.write(String(orphan.pid) + "\\n");
        const looker = spawn(process.execPath, ["--input-type=module", "-e", ${JSON.stringify(look)}, ${JSON.stringify(startTime(process.pid))}, String(process.pid)], { detached: true, stdio: ["ignore", "inherit", "ignore", "ipc"] });
        looker.once("message", () => process.kill(process.pid, "SIGKILL"));
      });
    `;
    const child = spawn(process.execPath, ["-e", middle], { cwd, stdio: ["ignore", "pipe", "pipe"] });
    const told = { out: "", pid: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (told.out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (told.pid += text));
    await new Promise((resolve) => child.once("close", resolve));
    expect(JSON.parse(told.out)).toEqual([[Number(told.pid)], [], [], []]);
  },
);
