import { readFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Ran } from "../../../support/binary.ts";
import { BINARY } from "../../../support/places.ts";
import type { TestRepository } from "../../../support/repository.ts";

/** Runs the built binary to its end; gives the most memory that its own process held, without those that it starts. */
export async function measured(
  { root, env, home }: TestRepository,
  args: readonly string[],
): Promise<Ran & { readonly peakMiB: number }> {
  const file = join(home, "peak");
  // Told by the process itself when it ends: `maxRSS` is of this process alone, in KiB.
  const tell = `process.on("exit", () => process.getBuiltinModule("node:fs").writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS)))`;
  const preload = `data:text/javascript,${encodeURIComponent(tell)}`;
  const child = spawn(process.execPath, ["--import", preload, BINARY, ...args], {
    cwd: root,
    env: { ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const streams = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (streams.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (streams.stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode, signal) => {
      resolve({ exitCode, signal, ...streams, peakMiB: Number(readFileSync(file, "utf8")) / 1024 });
    });
  });
}
