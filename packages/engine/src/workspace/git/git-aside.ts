import { spawn } from "node:child_process";
import { type Environment, type GitOptions, gitProcess } from "./git.ts";

/** What a call may add. */
export interface AsideOptions extends Pick<GitOptions, "config"> {
  readonly signal?: AbortSignal;
}

/**
 * What git printed, asked in a process beside this one, under the rules of `runGit`. Undefined where it could not be run
 * or ended with another exit code than 0: asked again with `runGit`, it says why; and where `signal` ended it.
 */
export function askGitAside(
  cwd: string,
  environment: Environment,
  args: readonly string[],
  { signal, config = [] }: AsideOptions = {},
): Promise<Buffer | undefined> {
  const { file, args: all, env } = gitProcess(environment, args, config);
  const ended = signal === undefined ? {} : { signal };
  return new Promise((resolve) => {
    const child = spawn(file, all, { cwd, env, stdio: ["ignore", "pipe", "ignore"], windowsHide: true, ...ended });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", () => {
      resolve(undefined);
    });
    child.on("close", (code) => {
      resolve(code === 0 ? Buffer.concat(chunks) : undefined);
    });
  });
}
