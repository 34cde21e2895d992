import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Environment, type GitOptions, gitProcess } from "./git.ts";

/** What a call may add. */
export interface AsideOptions extends Pick<GitOptions, "config"> {
  readonly signal?: AbortSignal;
  /** That git may print more than a pipe holds: it would stand still while this process is busy. */
  readonly isLong?: boolean;
}

/**
 * What git printed, asked in a process beside this one, under the rules of `runGit`. Undefined where it could not be run
 * or ended with another exit code than 0: asked again with `runGit`, it says why; and where `signal` ended it.
 */
export async function askGitAside(
  cwd: string,
  environment: Environment,
  args: readonly string[],
  { signal, config = [], isLong = false }: AsideOptions = {},
): Promise<Buffer | undefined> {
  const { file, args: all, env } = gitProcess(environment, args, { config });
  const paper = isLong ? openPaper() : undefined;
  try {
    const child = spawn(file, all, {
      cwd,
      env,
      stdio: ["ignore", paper?.descriptor ?? "pipe", "ignore"],
      windowsHide: true,
      ...(signal && { signal }),
    });
    const chunks: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
    const code = await new Promise((resolve) => {
      child.on("error", resolve);
      child.on("close", resolve);
    });
    if (code !== 0) return undefined;
    return paper?.read() ?? Buffer.concat(chunks);
  } finally {
    paper?.[Symbol.dispose]();
  }
}

/** A file of nobody else's that takes what a process prints. */
interface Paper extends Disposable {
  readonly descriptor: number;
  read(): Buffer;
}

/** Nothing where no such file can be made: a pipe does it then. */
function openPaper(): Paper | undefined {
  const path = join(tmpdir(), `symbiotic-${randomUUID()}`);
  const remove = (): void => {
    rmSync(path, { force: true });
  };
  try {
    const descriptor = openSync(path, "wx+", 0o600);
    const isHeld = process.platform === "win32";
    // Without a name it goes with the process, however that ends.
    if (!isHeld) remove();
    return {
      descriptor,
      read: () => readWhole(descriptor),
      [Symbol.dispose]() {
        closeSync(descriptor);
        if (isHeld) remove();
      },
    };
  } catch {
    return undefined;
  }
}

/** All of a file, wherever the process that wrote it has left off. */
function readWhole(descriptor: number): Buffer {
  const bytes = Buffer.allocUnsafe(fstatSync(descriptor).size);
  let at = 0;
  for (let read = 1; at < bytes.length && read > 0; at += read)
    read = readSync(descriptor, bytes, at, bytes.length - at, at);
  return bytes.subarray(0, at);
}
