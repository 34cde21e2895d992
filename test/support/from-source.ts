import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ROOT } from "./places.ts";
import type { TestRepository } from "./repository.ts";

/** What a run of the command left. */
export interface FromSource {
  /** What it printed. */
  readonly stdout: string;
  /** The most memory that its own process held, in MiB. */
  readonly peakMiB: number;
}

const MAIN = join(ROOT, "packages/cli/src/main.ts");

/** Runs the command from its sources, as a process of its own; programs in `bin` of the repository's home come before all others. */
export async function fromSource(
  { root, home, env }: TestRepository,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<FromSource> {
  const peak = join(home, "peak");
  const tell = `process.on("exit", () => process.getBuiltinModule("node:fs").writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)))`;
  const preload = `data:text/javascript,${encodeURIComponent(tell)}`;
  const child = spawn(process.execPath, ["--conditions=@symbiotic-build/source", "--import", preload, MAIN, ...args], {
    cwd: root,
    env: { ...env, PATH: [join(home, "bin"), env["PATH"] ?? ""].join(delimiter), ...more },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  await new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => {
      resolve();
    });
  });
  return { stdout, peakMiB: Number(readFileSync(peak, "utf8")) / 1024 };
}
