import { readFileSync } from "node:fs";
import type { Agent, AgentEvent, AgentFinish, JsonValue } from "@symbiotic-build/engine";

/** A run of a real agent, as it was recorded. */
export interface RecordedRun {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: readonly string[];
  readonly stderr: string;
  /** Lines of the session's own file. */
  readonly rollout?: readonly string[];
}

/** What a plugin makes of a run. */
export interface ReadRun {
  readonly events: readonly AgentEvent[];
  /** Of the first line that ended it, else of its end. */
  readonly finish: AgentFinish;
}

/** The runs that were recorded of a release, by name; `from` is the test's `import.meta.url`. */
export function recordedRuns(from: string, name: string): (run: string) => RecordedRun {
  const text = readFileSync(new URL(`../test/fixtures/${name}.json`, from), "utf8");
  const { runs } = JSON.parse(text) as { readonly runs: Readonly<Record<string, RecordedRun>> };
  return (run) => {
    const found = runs[run];
    if (found === undefined) throw new Error(`there is no recording of ${run}: ${Object.keys(runs).join(", ")}`);
    return found;
  };
}

/** Reads a run as the engine does. */
export function readRun<O>(agent: Agent<O>, run: RecordedRun, wantsReply = false): ReadRun {
  const lines = [
    ...run.stdout.map((line) => agent.read(line)),
    ...(run.rollout ?? []).map((line) => agent.follows?.read(line) ?? { events: [] }),
  ];
  const kept: Record<string, JsonValue> = Object.assign({}, ...lines.map(({ keep }) => keep));
  const { exitCode, signal, stderr } = run;
  const finish =
    lines.find((line) => line.finish !== undefined)?.finish ??
    agent.end({ exitCode, signal, stderr, kept, wantsReply, endedAt: 0 });
  return { events: lines.flatMap(({ events }) => events), finish };
}
