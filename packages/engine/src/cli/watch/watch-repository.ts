import { setTimeout as delay } from "node:timers/promises";
import { warningOf, type Diagnostic } from "../../core/diagnostic.ts";
import { oneLine } from "../../report/sanitise.ts";
import type { RepoPath } from "../../core/path.ts";
import { EXIT } from "../../core/status.ts";
import { formatDiagnostic } from "../../report/diagnostic.ts";
import { count } from "../../report/numbers.ts";
import { lookAtTree } from "../../watch/tree-state.ts";
import { createWaker } from "../../watch/waker.ts";
import { watchLoop, type LoopHost } from "../../watch/watch-loop.ts";
import type { Repository } from "../../workspace/git/repository.ts";
import type { CliContext } from "../command.ts";
import { createKnownTasks } from "./known-tasks.ts";
import { openEyes, type Eyes } from "./open-eyes.ts";
import { readLines } from "./read-lines.ts";
import { startCycle } from "./start-cycle.ts";

/** What `watch` was asked for. */
export interface WatchOptions {
  /** The command line of each run. */
  readonly args: readonly string[];
  /** Look every second rather than be told by the system. */
  readonly poll: boolean;
  /** Empty the screen before each run but the first. */
  readonly clear: boolean;
}

const PATIENCE = { quietMs: 100, mostMs: 1000 };

/** Watches a work tree until a signal comes or the user types `q`. When it settles, no process and no timer is left. */
export async function watchRepository(
  repository: Repository,
  context: CliContext,
  options: WatchOptions,
): Promise<void> {
  const quit = new AbortController();
  const signal = AbortSignal.any([context.signal, quit.signal]);
  const waker = createWaker(PATIENCE, context.now, signal);
  const eyes = await openEyes(repository, {
    poll: options.poll,
    touched: waker.touch,
    warn: (warning) => {
      say(context, formatDiagnostic(warning, { colour: context.terminal.colour }));
    },
  });
  let isAllWanted = false;
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
    await watchLoop({ waker, wantsAll, ...createHost({ repository, context, options, signal, eyes }) });
  } finally {
    stopReading();
    await eyes.close();
  }
}

interface Parts {
  readonly repository: Repository;
  readonly context: CliContext;
  readonly options: WatchOptions;
  readonly signal: AbortSignal;
  readonly eyes: Eyes;
}

function createHost({ repository, context, options, signal, eyes }: Parts): Omit<LoopHost, "waker" | "wantsAll"> {
  const tasks = createKnownTasks();
  let isFirst = true;
  return {
    look: () => lookAtTree(repository, context.environment.variables, tasks.literal()),
    isStopped: () => signal.aborted,
    waiting: (exitCode, files) => {
      say(context, waitingLine(exitCode, files));
    },
    async putOff(changed, delayMs) {
      say(context, formatDiagnostic(changesItself(changed, delayMs), { colour: context.terminal.colour }));
      await delay(delayMs, undefined, { signal }).catch(() => undefined);
    },
    async cycle(changed) {
      if (!isFirst && options.clear) context.write("stdout", CLEAR);
      if (!isFirst) say(context, changed === undefined ? "everything runs" : changedLine(changed));
      isFirst = false;
      const cycle = startCycle(options.args, changed, { context, told: tasks.hear });
      const stop = (): void => {
        cycle.stop(context.signal.reason === "SIGINT" ? "SIGINT" : "SIGTERM");
      };
      signal.addEventListener("abort", stop);
      if (signal.aborted) stop();
      const exitCode = await cycle.ended;
      signal.removeEventListener("abort", stop);
      eyes.refresh();
      return { exitCode, owned: tasks.owned() };
    },
  };
}

function say({ write }: CliContext, line: string): void {
  write("stderr", `${line}\n`);
}

/** Empties the screen; what scrolled out of it stays. */
const CLEAR = "\u001b[2J\u001b[H";

function waitingLine(exitCode: number | null, files: number): string {
  const ended =
    exitCode === EXIT.passed
      ? "passed"
      : exitCode === EXIT.failed
        ? "not passed"
        : "could not run: everything runs at the next change";
  return `watching ${count(files, "file")} · ${ended} · Enter runs everything, q ends`;
}

function changedLine([first = "", ...others]: readonly RepoPath[]): string {
  const more = others.length === 0 ? "" : ` and ${count(others.length, "other file")}`;
  return `${oneLine(first.toWellFormed())}${more} changed`;
}

function changesItself([first = ""]: readonly RepoPath[], delayMs: number): Diagnostic {
  const seconds = String(Math.round(delayMs / 1000));
  return warningOf(
    "SYM4051",
    `${first.toWellFormed()} changed during each of the last runs: the next one waits ${seconds} s`,
    {
      hint: "if a task writes it: let git ignore it, or name it in the atom's `outputs` or `scratch`",
    },
  );
}
