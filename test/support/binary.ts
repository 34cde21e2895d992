import { spawn } from "node:child_process";
import { BINARY } from "./places.ts";
import type { TestRepository } from "./repository.ts";

/** How a command ended, and all that it printed. */
export interface Ran {
  /** Null for a process that a signal ended. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface Running {
  readonly pid: number;
  /** Sends a signal to this process alone, as `kill` does. */
  kill(signal: NodeJS.Signals): void;
  /** Settles when it has printed this text, on either stream. */
  said(text: string): Promise<void>;
  /** Settles when it has ended and its output is closed. */
  readonly ended: Promise<Ran>;
}

/** What may differ from call to call. */
export interface RunOptions {
  /** Further variables; an `undefined` one is taken away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Absolute; the repository's root where it is not said. */
  readonly cwd?: string;
  /** Another Node to run it with; absolute. */
  readonly node?: string;
  /** Another binary than the one that is built here; absolute. */
  readonly binary?: string;
}

type Place = Pick<TestRepository, "root" | "env">;

/** Runs the built binary to its end. */
export function symbiotic(place: Place, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return startSymbiotic(place, args, options).ended;
}

/** Starts the built binary. */
export function startSymbiotic(place: Place, args: readonly string[], options: RunOptions = {}): Running {
  // Only git is to have the identity: a variable of git's own must not be what makes a run work.
  const own = Object.entries({ ...place.env, ...options.env }).filter(
    ([name, value]) => value !== undefined && (!name.startsWith("GIT_") || name in (options.env ?? {})),
  );
  const env = Object.fromEntries(own) as Record<string, string>;
  const child = spawn(options.node ?? process.execPath, [options.binary ?? BINARY, ...args], {
    cwd: options.cwd ?? place.root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  const streams = { stdout: "", stderr: "" };
  const listeners = new Set<() => void>();
  const take = (name: keyof typeof streams) => (text: string) => {
    streams[name] += text;
    for (const listener of listeners) listener();
  };
  child.stdout.setEncoding("utf8").on("data", take("stdout"));
  child.stderr.setEncoding("utf8").on("data", take("stderr"));
  const said = (text: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (streams.stdout.includes(text) || streams.stderr.includes(text)) resolve();
      };
      listeners.add(look);
      look();
    });
  const ended = new Promise<Ran>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode, signal) => {
      resolve({ exitCode, signal, ...streams });
    });
  });
  return { pid: child.pid ?? 0, kill: (signal) => void child.kill(signal), said, ended };
}
