import type { ChildProcess } from "node:child_process";
import { basename } from "node:path";
import { execa } from "execa";
import type { ProcessStart } from "./job.ts";

/** Who keeps account of processes. */
export interface StartHost {
  /** Called before the process is there: it may work before its id is known. */
  readonly starting: (start: ProcessStart) => void;
  readonly started: (pid: number) => void;
}

/** Where and with what a process is started. */
export interface StartPlace {
  /** Absolute. */
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The program is a line for the system's shell. */
  readonly shell?: boolean;
  /** What it may read; without it, nothing. Closed after that. */
  readonly stdin?: string;
}

/** A process on its way. */
export interface Started {
  /** Absent where it could not be started. */
  readonly pid: number | undefined;
  readonly stdout: NodeJS.ReadableStream;
  readonly stderr: NodeJS.ReadableStream;
  /** Settles when it has ended and its output is read; does not reject. */
  readonly ended: Promise<Ended>;
  /** Whether its streams had to be closed because something that it left behind held them. */
  readonly isCut: () => boolean;
}

/** How a process ended. */
export interface Ended {
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  /** Why it could not be started. */
  readonly originalMessage?: string | undefined;
}

/** Milliseconds that output may still come after the process has ended: what it left behind may hold the streams for ever. */
const OUTPUT_GRACE_MS = 500;

/** Starts a process that leads a group of its own, and tells of it. */
export function startProcess(
  words: readonly [string, ...string[]],
  { cwd, env, shell = false, stdin }: StartPlace,
  host: StartHost,
): Started {
  host.starting(startOf(cwd, shell ? ["/bin/sh", "-c", words[0]] : words));
  const [program, ...args] = words;
  const subprocess = execa(program, args, {
    cwd,
    env,
    shell,
    extendEnv: false,
    preferLocal: false,
    reject: false,
    buffer: false,
    detached: process.platform !== "win32",
    cleanup: false,
    windowsHide: true,
    ...(stdin === undefined ? { stdin: "ignore" as const } : { input: stdin }),
  });
  if (subprocess.pid !== undefined) host.started(subprocess.pid);
  const { pid, stdout, stderr } = subprocess;
  return { pid, stdout, stderr, ended: subprocess, isCut: releaseStreams(subprocess.nodeChildProcess) };
}

/** A command line may be of any length: its end tells it from others. */
const TOLD_ARGS = 512;

function startOf(cwd: string, [program = "", ...args]: readonly string[]): ProcessStart {
  return { cwd, program: basename(program), args: args.join("\0").slice(-TOLD_ARGS) };
}

/** Closes the streams of a process that has ended, a grace after it, whoever else holds them. Tells whether that was needed. */
function releaseStreams(subprocess: ChildProcess): () => boolean {
  let cut = false;
  subprocess.once("exit", () => {
    let isClosed = false;
    const cutOff = (): void => {
      if (isClosed) return;
      cut = true;
      subprocess.stdout?.destroy();
      subprocess.stderr?.destroy();
    };
    // On a busy machine what was written in time may still have to be read: there is one more turn for it.
    const timer = setTimeout(() => setImmediate(cutOff), OUTPUT_GRACE_MS);
    subprocess.once("close", () => {
      isClosed = true;
      clearTimeout(timer);
    });
  });
  return () => cut;
}
