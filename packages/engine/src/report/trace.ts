import type { JsonValue } from "../core/json.ts";
import { criticalPath, type CriticalPath } from "./critical-path.ts";
import type { Timeline, TimelineTask } from "./timeline.ts";

/** A trace in the Chrome trace event format, which Perfetto and `chrome://tracing` open. Times are microseconds. */
export interface ChromeTrace {
  readonly displayTimeUnit: "ms";
  readonly otherData: Readonly<Record<string, string>>;
  readonly traceEvents: readonly TraceEvent[];
}

/** `X`: a task that ran. `i`: one that did not. `C`: how many ran. `s`, `f`: an arrow. `M`: a name. */
export interface TraceEvent {
  readonly ph: "X" | "i" | "C" | "s" | "f" | "M";
  readonly name: string;
  readonly cat?: string;
  readonly pid: 1;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly s?: "t";
  readonly id?: number;
  readonly bp?: "e";
  readonly args?: Readonly<Record<string, JsonValue>>;
}

/** The lane of what did not run; the slots follow it. */
const NOT_RUN = 0;

/** The trace of a run: a lane a slot, a bar a task that ran, arrows to what waited for it; marks for tasks that did not run. */
export function traceOf(timeline: Timeline, path: CriticalPath = criticalPath(timeline)): ChromeTrace {
  const critical = new Set(path.steps.map(({ task }) => task.id));
  return {
    displayTimeUnit: "ms",
    otherData: otherData(timeline),
    traceEvents: [
      ...names(timeline),
      ...timeline.tasks.flatMap((task) => taskEvents(task, critical.has(task.id))),
      ...arrows(timeline.tasks),
      ...counts(timeline.tasks),
    ],
  };
}

function otherData({ run, started, finished }: Timeline): Record<string, string> {
  return {
    run,
    ...(started === undefined
      ? {}
      : { version: started.version, startedAt: started.startedAt, targets: started.targets.join(" ") }),
    ...(finished === undefined ? {} : { exitCode: String(finished.exitCode) }),
  };
}

function names({ started, tasks }: Timeline): TraceEvent[] {
  const lanes = Math.max(0, ...tasks.map(({ ran }) => (ran === undefined ? 0 : ran.lane + 1)));
  const lane = (tid: number, name: string): TraceEvent[] => [
    { ph: "M", name: "thread_name", pid: 1, tid, args: { name } },
    { ph: "M", name: "thread_sort_index", pid: 1, tid, args: { sort_index: tid } },
  ];
  return [
    {
      ph: "M",
      name: "process_name",
      pid: 1,
      tid: 0,
      args: { name: ["symbiotic run", ...(started?.targets ?? [])].join(" ") },
    },
    ...lane(NOT_RUN, "not run"),
    ...Array.from({ length: lanes }, (_, index) => lane(index + 1, `slot ${String(index + 1)}`)).flat(),
  ];
}

function taskEvents(task: TimelineTask, critical: boolean): TraceEvent[] {
  const { finished, endedAt, ran, title, project } = task;
  const state = finished === undefined ? "unfinished" : finished.status;
  const cat = `${state},${finished?.cache ?? "unknown"}`;
  const common = { name: `${project} ${title}`, cat, pid: 1, args: argsOf(task, state, critical) } as const;
  if (ran !== undefined)
    return [{ ...common, ph: "X", tid: ran.lane + 1, ts: micros(ran.from), dur: micros(ran.to - ran.from) }];
  return endedAt === undefined ? [] : [{ ...common, ph: "i", s: "t", tid: NOT_RUN, ts: micros(endedAt) }];
}

function argsOf(task: TimelineTask, state: string, critical: boolean): Record<string, JsonValue> {
  const { id, project, atom, level, finished } = task;
  const { cache, durationMs, savedMs, summary, missed, reason, resumed, attempts, flaky } = finished ?? {};
  const known = { cache, durationMs, savedMs, summary, missed, reason, resumed, attempts, flaky };
  const told: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(known)) if (value !== undefined) told[name] = value;
  return { task: id, project, atom, level, status: state, critical, ...told };
}

/** An arrow from the end of a task to the start of each that waited for it. */
function arrows(tasks: readonly TimelineTask[]): TraceEvent[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const waited = tasks.flatMap(({ ran, dependsOn }) =>
    ran === undefined ? [] : dependsOn.map((id) => ({ id, to: ran })),
  );
  return waited.flatMap(({ id: before, to }, id): TraceEvent[] => {
    const from = byId.get(before)?.ran;
    return from === undefined
      ? []
      : [
          { ph: "s", name: "then", cat: "dependency", pid: 1, tid: from.lane + 1, ts: micros(from.to), id },
          { ph: "f", name: "then", cat: "dependency", pid: 1, tid: to.lane + 1, ts: micros(to.from), id, bp: "e" },
        ];
  });
}

function counts(tasks: readonly TimelineTask[]): TraceEvent[] {
  const steps = tasks.flatMap(({ ran }) => (ran === undefined ? [] : [[ran.from, 1] as const, [ran.to, -1] as const]));
  const changes = new Map<number, number>();
  for (const [at, change] of steps) changes.set(at, (changes.get(at) ?? 0) + change);
  let running = 0;
  return [...changes]
    .sort(([a], [b]) => a - b)
    .map(([at, change]): TraceEvent => {
      running += change;
      return { ph: "C", name: "tasks at once", pid: 1, tid: 0, ts: micros(at), args: { running } };
    });
}

function micros(ms: number): number {
  return ms * 1000;
}
