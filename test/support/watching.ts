import { spawn } from "node:child_process";
import { BINARY } from "./places.ts";
import type { TestRepository } from "./repository.ts";

/** A `symbiotic watch` that runs. */
export interface Watching extends AsyncDisposable {
  readonly pid: number;
  /** Settles when it has printed this text after what the call before has given; gives all that it printed up to there. */
  until(text: string): Promise<string>;
  /** Settles when it has nothing to do. */
  rest(): Promise<string>;
  type(line: string): void;
  /** Sends a signal to it alone, or as a terminal does to all that it has started as well. */
  kill(signal: NodeJS.Signals, whom?: "alone" | "group"): void;
  /** Settles when it is gone and nobody holds its output any more. */
  readonly ended: Promise<{ readonly exitCode: number | null; readonly rest: string }>;
}

/** Starts it, with one stream for all that it and its runs print; `before` is a command line that it is started through. */
export function startWatching(
  { root, env }: Pick<TestRepository, "root" | "env">,
  args: readonly string[] = ["all"],
  before: readonly string[] = [],
): Watching {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("GIT_")));
  const words = [...before, "sh", "-c", 'exec "$0" "$@" 2>&1', process.execPath, BINARY, "watch", ...args];
  const child = spawn(words[0] ?? "", words.slice(1), {
    cwd: root,
    env: own,
    stdio: ["pipe", "pipe", "inherit"],
    detached: true,
  });
  let text = "";
  let look: () => void = () => undefined;
  child.stdout.setEncoding("utf8").on("data", (more: string) => {
    text += more;
    look();
  });
  child.stdin.on("error", () => undefined);
  const ended = new Promise<{ exitCode: number | null; rest: string }>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => {
      resolve({ exitCode, rest: text });
    });
  });
  const until = (wanted: string): Promise<string> => {
    const found = new Promise<string>((resolve) => {
      look = () => {
        const end = text.indexOf(wanted);
        if (end < 0) return;
        look = () => undefined;
        const told = text.slice(0, end + wanted.length);
        text = text.slice(told.length);
        resolve(told);
      };
      look();
    });
    const early = ended.then(({ rest }) => Promise.reject(new Error(`it ended and never said ${wanted}:\n${rest}`)));
    return Promise.race([found, early]);
  };
  const pid = child.pid ?? 0;
  return {
    pid,
    until,
    rest: () => until("Enter runs everything, q ends\n"),
    type: (line) => child.stdin.write(`${line}\n`),
    kill: (signal, whom = "alone") => process.kill(whom === "group" ? -pid : pid, signal),
    ended,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
      await ended;
    },
  };
}
