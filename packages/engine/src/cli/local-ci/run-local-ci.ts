import type { Diagnostic } from "../../core/diagnostic.ts";
import type { JsonValue } from "../../core/json.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { EXIT } from "../../core/status.ts";
import { formatDuration } from "../../report/numbers.ts";
import { createStyle } from "../../report/style.ts";
import type { CliCommand, CliContext, CliOutput } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { runCommand } from "../commands/run.ts";
import { parseArguments } from "../parse-arguments.ts";
import { stageRuns, type StageRun } from "./stages.ts";

/** How a stage's run ended. */
interface Ended extends Pick<StageRun, "stage" | "name"> {
  readonly exitCode: number;
  readonly durationMs: number;
  /** What the run told, with `--json`. */
  readonly summary: JsonValue;
}

/** `symbiotic local-ci`: the stages in order, one exit code. */
export async function runLocalCi(
  parsed: Parsed,
  context: CliContext,
): Promise<Result<CliOutput, readonly Diagnostic[]>> {
  const goesOn = parsed.flags.has("continue");
  const ended: Ended[] = [];
  const runs = stageRuns({ affected: parsed.flags.has("affected"), args: passedOn(parsed) });
  for (const [index, run] of runs.entries()) {
    const isLast = index === runs.length - 1;
    const done = await runOne(run, isLast || !goesOn, { parsed, context });
    if (!done.ok) {
      if (run.isEarly) continue;
      return done;
    }
    ended.push(done.value);
    if (context.signal.aborted) return ok({ exitCode: done.value.exitCode });
    if (done.value.exitCode !== EXIT.passed && !goesOn) break;
  }
  return ok(told(ended, runs));
}

interface Call {
  readonly parsed: Parsed;
  readonly context: CliContext;
}

/** Reports are made by whichever run is the last: one that may end it all makes them too. */
async function runOne(
  run: StageRun,
  mayEnd: boolean,
  { parsed, context }: Call,
): Promise<Result<Ended, readonly Diagnostic[]>> {
  const isJson = parsed.flags.has("json");
  const begin = context.now();
  const lines: string[] = [];
  const collect: CliContext["write"] = (stream, text) => {
    if (stream === "stdout") lines.push(text);
    else context.write(stream, text);
  };
  const inner: CliContext = isJson ? { ...context, write: collect } : context;
  const argv = [...run.args, ...reporting(runCommand, mayEnd && !run.isEarly), ...(isJson ? ["--json"] : [])];
  const own = parseArguments(runCommand, argv);
  if (!own.ok) return fail(own.error);
  const { bold } = createStyle(context.terminal.colour);
  if (!isJson) context.write("stdout", `${bold(`stage ${String(run.stage)}`)}  ${run.name}\n`);
  const output = await runCommand.run(own.value, inner);
  if (!output.ok) return output;
  const { exitCode, text } = output.value;
  if (text !== undefined && !isJson) context.write("stdout", `${text}\n`);
  if (!isJson) context.write("stdout", "\n");
  const { stage, name } = run;
  return ok({ stage, name, exitCode, durationMs: context.now() - begin, summary: jsonOf(lines.join("")) });
}

/** A build of the engine that makes no reports yet is no reason to run nothing. */
function reporting({ options }: CliCommand, isWanted: boolean): readonly string[] {
  return isWanted && "report" in options ? ["--report"] : [];
}

function passedOn({ values, lists }: Parsed): readonly string[] {
  const own = ["base", "concurrency", "filter", "exclude"];
  return [
    ...[...values].flatMap(([name, value]) => (own.includes(name) ? [`--${name}=${value}`] : [])),
    ...[...lists].flatMap(([name, all]) => (own.includes(name) ? all.map((value) => `--${name}=${value}`) : [])),
  ];
}

function told(ended: readonly Ended[], runs: readonly StageRun[]): CliOutput {
  const exitCode = ended.find((each) => each.exitCode !== EXIT.passed)?.exitCode ?? EXIT.passed;
  const stages = ([1, 2] as const).map((stage) => ({ stage, state: stateOf(stage, ended) }));
  const durationMs = ended.reduce((sum, each) => sum + each.durationMs, 0);
  const made = "report" in runCommand.options && runs.length > 0 ? ["reports in artifacts/"] : [];
  const text = [
    `local-ci ${exitCode === EXIT.passed ? "passed" : "failed"}`,
    ...stages.map(({ stage, state }) => `stage ${String(stage)} ${state}`),
    ...made,
    formatDuration(durationMs),
  ].join(" · ");
  const json = {
    exitCode,
    stages: stages.map(({ stage, state }) => ({ stage, state })),
    runs: ended.map(({ stage, name, exitCode: code, durationMs: ms, summary }) => ({
      ...{ stage, name, exitCode: code, durationMs: Math.round(ms), summary },
    })),
  };
  return { exitCode, text, json };
}

function stateOf(stage: number, ended: readonly Ended[]): string {
  const own = ended.filter((each) => each.stage === stage);
  if (own.length === 0) return "not run";
  return own.every((each) => each.exitCode === EXIT.passed) ? "passed" : "failed";
}

function jsonOf(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
