import { spawn } from "node:child_process";
import type { RepoPath } from "../../core/path.ts";
import type { CliContext } from "../command.ts";
import { FromCycle, type ToCycle } from "./cycle-message.ts";

/** A run in a process of its own, so that each reads the configuration anew. */
export interface Cycle {
  /** Asks it to end in order. */
  readonly stop: (signal: "SIGINT" | "SIGTERM") => void;
  /** Settles when it is gone: its exit code, null where it was ended by force. */
  readonly ended: Promise<number | null>;
}

/** Starts one with the same command line; `told` hears of its tasks. It ends by itself when this process is gone. */
export function startCycle(
  args: readonly string[],
  changed: readonly RepoPath[] | undefined,
  { context, told }: { readonly context: CliContext; readonly told: (message: FromCycle) => void },
): Cycle {
  const { node, binary, cwd, environment } = context;
  const child = spawn(node, [binary, "watch", "--cycle", ...args], {
    cwd,
    env: { ...environment.variables },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    windowsHide: true,
  });
  const send = (message: ToCycle): void => {
    // It may be gone already.
    if (child.connected) child.send(message, () => undefined);
  };
  child.on("message", (message) => {
    const read = FromCycle.safeParse(message);
    if (read.success) told(read.data);
  });
  send({ changed: changed === undefined ? null : [...changed] });
  const ended = new Promise<number | null>((resolve) => {
    child.once("error", () => {
      resolve(null);
    });
    child.once("exit", (code) => {
      resolve(code);
    });
  });
  return {
    stop: (signal) => {
      send({ stop: signal });
    },
    ended,
  };
}
