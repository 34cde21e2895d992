import type {
  CommandContext,
  CommandResult,
  FunctionAtom,
  Io,
  JsonValue,
  Metric,
  Outcome,
} from "@symbiotic-build/engine";
import { count } from "@symbiotic-build/validator";
import { ALONE, benchmarksOf, TOOL } from "./benchmarks.ts";
import { intervalOf, ratiosOf } from "./interval.ts";
import type { Benchmark, HyperfineOptions } from "./options.ts";
import { readTimes, type Times } from "./report.ts";

type Asked = CommandContext<HyperfineOptions, JsonValue>;
type Side = "base" | "head";

/** The id of the atom. */
export const COMPARE = "compare_benchmarks";

/** A benchmark measured in turns: seconds, one number a round, the shortest of its turn. */
export interface Compared {
  readonly name: string;
  readonly base: readonly number[];
  readonly head: readonly number[];
  /** Where the command failed; then there is nothing to compare. */
  readonly failed?: Side | undefined;
}

/** What a turn measures at most, and how long it goes on with a short command, in seconds. */
const MOST_RUNS = 5;
const TURN_S = 0.2;

/**
 * Measures each benchmark at the base and in the work tree in turns, so that what changes on the machine meanwhile meets both;
 * every other round begins with the other one.
 */
export const compare: FunctionAtom<HyperfineOptions, JsonValue> = {
  kind: "check",
  title: "performance",
  describe: "Measure benchmarks at the base and in the work tree, in turns",
  alias: "performance",
  withBase: true,
  applies: (context) => benchmarksOf(context).length > 0,
  tools: () => [TOOL],
  ...ALONE,
  async run(io, context) {
    // A project that was not there has nothing to be slower than.
    const benchmarks = context.isAtBase === true ? benchmarksOf(context) : [];
    const compared: Compared[] = [];
    for (const benchmark of benchmarks) {
      io.report({ progress: `${benchmark.name}: ${String(context.options.rounds)} rounds` });
      const measured = await inTurns(benchmark, { io, context });
      if (typeof measured === "string") return stopped(measured, context);
      compared.push(measured);
    }
    return outcomeOf(compared, context);
  },
};

interface Measuring {
  readonly io: Io;
  readonly context: Asked;
}

/** A sentence where hyperfine itself stopped. */
async function inTurns(benchmark: Benchmark, measuring: Measuring): Promise<Compared | string> {
  const { warmup, rounds } = measuring.context.options;
  const times: Record<Side, number[]> = { base: [], head: [] };
  let slowest = 0;
  // The first round is not counted: it fills caches, and shows how long a run takes.
  for (let round = -1; round < rounds; round += 1) {
    const order: readonly Side[] = round % 2 === 0 ? ["base", "head"] : ["head", "base"];
    const runs = round < 0 ? 1 : Math.min(MOST_RUNS, Math.max(1, Math.round(TURN_S / slowest)));
    for (const side of order) {
      const turn = await turnOf(benchmark, { ...measuring, side, runs, warmup: round < 0 ? warmup : 0 });
      if (typeof turn === "string") return turn;
      if (turn.exitCode !== 0) return { name: benchmark.name, base: [], head: [], failed: side };
      if (round < 0) slowest = Math.max(slowest, turn.shortest);
      else times[side].push(turn.shortest);
    }
  }
  return { name: benchmark.name, ...times };
}

interface Turn extends Measuring {
  readonly side: Side;
  readonly runs: number;
  readonly warmup: number;
}

async function turnOf(benchmark: Benchmark, { io, context, side, runs, warmup }: Turn): Promise<Times | string> {
  const result = await io.exec({
    argv: [
      ...context.tool.argv,
      ...context.options.args,
      ...["--style", "none", "--ignore-failure", "--export-json", "-"],
      ...["--warmup", String(warmup), "--runs", String(runs)],
      ...(benchmark.prepare === undefined ? [] : ["--prepare", benchmark.prepare]),
      ...["--", benchmark.command],
    ],
    ...(side === "base" ? { at: "base" as const } : {}),
    stdout: "data",
  });
  const read = result.exitCode === 0 ? readTimes(result.stdout) : undefined;
  if (read === undefined) return lastWords(result);
  return read.ok ? read.value : read.error.message;
}

function lastWords({ stderr, exitCode }: CommandResult): string {
  const line = stderr.trim().split("\n").at(-1) ?? "";
  return `hyperfine stopped: ${line === "" ? `exit code ${String(exitCode)}` : line}`;
}

function stopped(why: string, { tool }: Asked): Outcome {
  return { status: "failed", summary: why, evidence: { tool: tool.name } };
}

function outcomeOf(compared: readonly Compared[], { tool }: Asked): Outcome {
  return {
    status: "ok",
    summary: compared.length === 0 ? "nothing to compare with" : count(compared.length, "benchmark"),
    evidence: {
      tool: tool.name,
      metrics: compared.flatMap(metricOf),
      data: {
        compared: compared.map(({ failed, ...times }) => ({ ...times, ...(failed === undefined ? {} : { failed }) })),
      },
    },
  };
}

function metricOf({ name, base, head }: Compared): readonly Metric[] {
  const interval = intervalOf(ratiosOf(base, head));
  return interval === undefined ? [] : [{ name: `${name} by the base`, value: interval.middle, unit: "times" }];
}
