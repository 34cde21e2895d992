import { errorOf } from "../core/diagnostic.ts";
import type { Job, JobResult, WorkerMessage } from "./job.ts";
import type { ProcessGroups } from "./process-groups.ts";

/** One job on its way, and who may end it. */
export interface Execution {
  readonly job: Job;
  readonly host: ExecutionHost;
  readonly groups: ProcessGroups;
  /** Gives up what is not a process: a thread, or the wait for it. */
  readonly abort: AbortController;
}

/** What one execution tells while it goes on. */
export interface ExecutionHost {
  readonly timeoutMs: number;
  readonly line: (stream: "stdout" | "stderr", line: string) => void;
}

/** Watches one job: its processes and its time. */
export interface Watch {
  readonly take: (message: WorkerMessage) => void;
  /** Whether its time was up. */
  readonly isTooLong: () => boolean;
  /** To be called when nothing more will be taken. */
  readonly end: () => void;
}

/** Milliseconds that a job has, beyond its processes' end, to make something of what they printed. */
const PARSE_GRACE_MS = 10_000;

/** Begins to watch. `loadMs`: how long it may take until the job says that it works; that does not count against it. */
export function watchJob({ host, groups, abort }: Execution, loadMs: number): Watch {
  const pids = new Set<number>();
  let isOver = false;
  const stop = (): void => {
    isOver = true;
    for (const pid of pids) groups.terminate(pid);
    // What holds no process, or does not notice its end, hangs in the plugin's own code.
    const wait = pids.size === 0 ? 0 : PARSE_GRACE_MS;
    setTimeout(() => {
      abort.abort();
    }, wait).unref();
  };
  let timer = setTimeout(stop, host.timeoutMs + loadMs);
  return {
    take(message) {
      if (message.type === "line") host.line(message.stream, message.line);
      else if (message.type === "working") {
        clearTimeout(timer);
        timer = setTimeout(stop, host.timeoutMs);
      } else if (message.type === "process-starting") groups.starting(message.start);
      else if (message.type === "process-started") {
        pids.add(message.pid);
        groups.started(message.pid);
      } else if (pids.delete(message.pid)) groups.ended(message.pid);
    },
    isTooLong: () => isOver,
    end() {
      clearTimeout(timer);
      for (const pid of pids) groups.terminate(pid);
    },
  };
}

/** The result of a job whose time was up. */
export function tooLong({ job, host }: Execution): JobResult {
  const reason = `it took longer than ${String(host.timeoutMs / 1000)} s and was ended`;
  return {
    kind: "broken",
    reason,
    diagnostic: errorOf("SYM4005", `${job.atomId}: ${reason}`, {
      hint: "raise `timeout` in the configuration, or the atom's own `timeoutMs`",
    }),
  };
}
