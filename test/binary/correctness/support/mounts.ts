import { spawn, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Ran } from "../../../support/binary.ts";
import { BINARY } from "../../../support/places.ts";
import type { TestRepository } from "../../../support/repository.ts";

/** Mounts that nobody but the processes started through it sees, and that go with it. */
export interface Mounts extends AsyncDisposable {
  /** Runs a shell line with the mounts; throws where it does not end with 0. Gives what it printed. */
  shell(line: string): string;
  /** Runs the built binary in the repository's root, with the mounts. */
  symbiotic(args: readonly string[], env?: Readonly<Record<string, string>>): Ran;
}

/**
 * A namespace of mounts made by these shell lines. Needs Linux, and root or leave to make user namespaces: where it
 * cannot be made this throws, since a test that cannot set up its fault proves nothing.
 */
export async function mountsOf(repository: TestRepository, lines: readonly string[]): Promise<Mounts> {
  const own = process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"];
  const script = `set -e\n${lines.join("\n")}\necho ready\nexec cat`;
  const holder = spawn("unshare", [...own, "--mount", "--propagation", "private", "sh", "-c", script], {
    cwd: repository.root,
    env: { ...repository.env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => holder.on("close", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let why = "";
    holder.on("error", reject);
    holder.stderr.setEncoding("utf8").on("data", (text: string) => (why += text));
    holder.stdout.setEncoding("utf8").on("data", () => resolve());
    holder.on("close", () => reject(new Error(`mounts cannot be set up: run this test as root (${why.trim()})`)));
  });
  const enter = ["--target", String(holder.pid), ...(own.length > 0 ? ["--user", "--preserve-credentials"] : [])];
  const start = (argv: readonly string[], env: Readonly<Record<string, string>> = {}): Ran => {
    // The root is entered through the new namespace: the folder that we are in may be below a mount.
    const inside = ["sh", "-c", 'cd "$0" && exec "$@"', repository.root, ...argv];
    const done = spawnSync("nsenter", [...enter, "--mount", ...inside], {
      env: { ...repository.env, ...env },
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    if (done.error !== undefined) throw done.error;
    return { exitCode: done.status, signal: done.signal, stdout: done.stdout, stderr: done.stderr };
  };
  return {
    shell(line) {
      const { exitCode, stdout, stderr } = start(["sh", "-c", line]);
      if (exitCode !== 0) throw new Error(`${line}: ${stderr}`);
      return stdout;
    },
    symbiotic: (args, env) => start([process.execPath, BINARY, ...args], env),
    async [Symbol.asyncDispose]() {
      holder.stdin.end();
      await ended;
    },
  };
}

/** Shell lines that mount an empty file system of this size on a folder, which is made. */
export function smallDisk(folder: string, size: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  return [`mount -t tmpfs -o size=${size},mode=755 tmpfs '${folder}'`];
}

/** Shell lines after which nothing can be written in a folder, which is made. */
export function readOnly(folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  return [`mount --bind '${folder}' '${folder}'`, `mount -o remount,bind,ro '${folder}'`];
}

/** The folder of a repository's cache. */
export function cacheFolder({ root }: TestRepository): string {
  return join(root, ".git/symbiotic");
}
