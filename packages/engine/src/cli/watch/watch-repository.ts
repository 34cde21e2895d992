import { setTimeout as delay } from "node:timers/promises";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { formatDiagnostic } from "../../report/diagnostic.ts";
import { lookAtTree } from "../../watch/tree-state.ts";
import { createWaker } from "../../watch/waker.ts";
import { watchLoop, type LoopHost, type Rest } from "../../watch/watch-loop.ts";
import type { Repository } from "../../workspace/git/repository.ts";
import type { CliContext } from "../command.ts";
import type { FromCycle } from "./cycle-message.ts";
import { openEyes, type Eyes } from "./open-eyes.ts";
import { readLines } from "./read-lines.ts";
import { startCycle } from "./start-cycle.ts";
import { changesItself, restingLine, startingLine } from "./watch-lines.ts";

/** What `watch` was asked for. */
export interface WatchOptions {
  /** The command line of each run. */
  readonly args: readonly string[];
  /** Look every second rather than be told by the system. */
  readonly poll: boolean;
  /** Empty the screen before each run but the first. */
  readonly clear: boolean;
  /** End when all that was asked for has passed. */
  readonly untilGreen: boolean;
}

const PATIENCE = { quietMs: 100, mostMs: 1000 };
const RETRY_MS = 1000;
/** Empties the screen; what scrolled out of it stays. */
const CLEAR = "\u001b[2J\u001b[H";

/**
 * Watches a work tree until a signal comes, the user types `q`, or everything has passed where that is the end. Whether it has. When it
 * settles, no process and no timer is left.
 */
export async function watchRepository(
  repository: Repository,
  context: CliContext,
  options: WatchOptions,
): Promise<boolean> {
  const quit = new AbortController();
  const signal = AbortSignal.any([context.signal, quit.signal]);
  const waker = createWaker(PATIENCE, { now: context.now, after }, signal);
  const warn = (warning: Diagnostic): void => {
    say(context, formatDiagnostic(warning, { colour: context.terminal.colour }));
  };
  const eyes = openEyes(repository, { poll: options.poll, touched: waker.touch, warn });
  let [isAllWanted, isGreen] = [false, false];
  const settled = ({ exitCode, isOwed }: Rest): boolean => {
    if (!options.untilGreen || exitCode !== 0) return false;
    // What failed before may pass by now without a change of its own.
    if (isOwed) isAllWanted = true;
    else {
      isGreen = true;
      quit.abort("SIGTERM");
    }
    waker.touch();
    return true;
  };
  const stopReading = readLines((line) => {
    if (line.trim() === "q") quit.abort("SIGTERM");
    else isAllWanted = true;
    waker.touch();
  });
  const wantsAll = (): boolean => {
    const wanted = isAllWanted;
    isAllWanted = false;
    return wanted;
  };
  try {
    await watchLoop({ waker, wantsAll, ...createHost({ repository, context, options, signal, eyes, warn, settled }) });
    return isGreen;
  } finally {
    stopReading();
    eyes.close();
  }
}

interface Parts {
  readonly repository: Repository;
  readonly context: CliContext;
  readonly options: WatchOptions;
  readonly signal: AbortSignal;
  readonly eyes: Eyes;
  readonly warn: (warning: Diagnostic) => void;
  /** Whether that is the end, or goes on by itself. */
  readonly settled: (rest: Rest) => boolean;
}

function createHost(parts: Parts): Omit<LoopHost, "waker" | "wantsAll"> {
  const { repository, context, options, signal, eyes, warn, settled } = parts;
  const { variables } = context.environment;
  const pause = (milliseconds: number): Promise<void> =>
    delay(milliseconds, undefined, { signal }).catch(() => undefined);
  let known: FromCycle = { owned: [], literal: [], seen: [] };
  let [isFirst, isRefused] = [true, false];
  return {
    async look(before) {
      const further = known.literal;
      const found = await lookAtTree({ repository, environment: variables, further, before, nowMs: Date.now() });
      if (found.ok) isRefused = false;
      return found;
    },
    isStopped: () => signal.aborted,
    resting: (rest) => {
      if (!settled(rest)) say(context, restingLine(rest));
    },
    putOff(changed, delayMs) {
      warn(changesItself(changed, delayMs));
      return pause(delayMs);
    },
    refused(why) {
      if (!isRefused) warn(why);
      isRefused = true;
      return pause(RETRY_MS);
    },
    async cycle(changed) {
      if (!isFirst && options.clear) context.write("stdout", CLEAR);
      if (!isFirst) say(context, startingLine(changed));
      isFirst = false;
      known = { ...known, seen: [] };
      const exitCode = await endOfCycle(parts, changed, (message) => {
        known = message;
      });
      eyes.refresh(known.literal);
      return { exitCode, owned: known.owned, seen: known.seen };
    },
  };
}

async function endOfCycle(
  { options, context, signal }: Parts,
  changed: readonly string[] | undefined,
  told: (message: FromCycle) => void,
): Promise<number | null> {
  const cycle = startCycle(options.args, changed, { context, told });
  const stop = (): void => {
    cycle.stop(context.signal.reason === "SIGINT" ? "SIGINT" : "SIGTERM");
  };
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  const exitCode = await cycle.ended;
  signal.removeEventListener("abort", stop);
  return exitCode;
}

function after(milliseconds: number, call: () => void): () => void {
  const timer = setTimeout(call, milliseconds);
  return () => {
    clearTimeout(timer);
  };
}

function say({ write }: CliContext, line: string): void {
  write("stderr", `${line}\n`);
}
