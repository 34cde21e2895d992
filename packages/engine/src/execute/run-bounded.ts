import { randomUUID } from "node:crypto";
import { captureAll, captureEnd } from "./capture.ts";
import { endMarked, MARK } from "./end-marked.ts";
import type { ProcessGroups } from "./process-groups.ts";
import { startProcess } from "./start-process.ts";

/** A process and how long it may take. */
export interface BoundedRun {
  readonly argv: readonly [string, ...string[]];
  /** Absolute. */
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** What it may read; without it, nothing. */
  readonly stdin?: string;
  readonly timeoutMs: number;
  readonly groups: ProcessGroups;
  readonly signal?: AbortSignal | undefined;
}

/** How it ended. */
export interface BoundedEnd {
  readonly how: "ended" | "timeout" | "interrupted" | "not started" | "too much output";
  /** `null` where a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  /** The end of it. */
  readonly stderr: string;
  /** Why it could not be started. */
  readonly why?: string;
}

const MOST_OUTPUT = 32 * 1024 * 1024;
const LAST_WORDS = 64 * 1024;

/**
 * Runs a process to its end, by itself or by us: it asks nobody, and when its time is up it is ended with all that it started,
 * also what left its group. Nothing of it is left.
 */
export async function runBounded(run: BoundedRun): Promise<BoundedEnd> {
  const { argv, cwd, env, stdin, groups } = run;
  const mark = randomUUID();
  const place = { cwd, env: { ...env, [MARK]: mark }, ...(stdin === undefined ? {} : { stdin }) };
  const started = startProcess(argv, place, groups);
  const { pid } = started;
  const [stdout, stderr] = [
    captureAll(started.stdout, undefined, MOST_OUTPUT),
    captureEnd(started.stderr, undefined, LAST_WORDS),
  ];
  const watch = watchTime(run, pid);
  const { exitCode, originalMessage } = await started.ended;
  watch.end();
  if (pid === undefined) return notStarted(argv[0], originalMessage);
  groups.ended(pid);
  await endMarked(mark);
  const how = watch.why() ?? (stdout.overflowed() ? "too much output" : "ended");
  return { how, exitCode: exitCode ?? null, stdout: stdout.text(), stderr: stderr.text() };
}

function notStarted(program: string, message = ""): BoundedEnd {
  const why = `${program} cannot be started: ${message.split("\n")[0] ?? ""}`;
  return { how: "not started", exitCode: null, stdout: "", stderr: "", why };
}

interface Watch {
  /** Why it was ended, if it was. */
  readonly why: () => "timeout" | "interrupted" | undefined;
  readonly end: () => void;
}

function watchTime({ timeoutMs, groups, signal }: BoundedRun, pid: number | undefined): Watch {
  let why: "timeout" | "interrupted" | undefined;
  const stop = (reason: "timeout" | "interrupted"): void => {
    why ??= reason;
    if (pid !== undefined) groups.terminate(pid);
  };
  const interrupt = (): void => stop("interrupted");
  const timer = setTimeout(() => stop("timeout"), timeoutMs);
  signal?.addEventListener("abort", interrupt);
  if (signal?.aborted === true) interrupt();
  return {
    why: () => why,
    end() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", interrupt);
    },
  };
}
