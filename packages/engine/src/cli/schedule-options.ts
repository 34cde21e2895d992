import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { RunRequest } from "../request.ts";
import type { OptionSpec, Parsed } from "../plugin/command.ts";
import type { CliEnvironment } from "./env.ts";
import { BYTES_EXPECTED, parseBytes } from "./quantities.ts";

/** Flags that say in what order, how many at once, and on which machine. */
export const SCHEDULE_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  concurrency: {
    kind: "value",
    value: "<n>",
    short: "c",
    count: true,
    describe: "how many tasks run at once (default: one a processor)",
  },
  memory: {
    kind: "value",
    value: "<size>",
    describe: "what running tasks may take together, as their atoms estimate it: 8GiB (default: 80 % of what there is)",
  },
  barrier: { kind: "flag", describe: "start a level of the graph only when the level before has ended" },
  shard: { kind: "value", value: "<i>/<n>", describe: "only the i-th of n parts of the projects, for n machines" },
  "shard-by": {
    kind: "value",
    value: "<what>",
    oneOf: ["tasks", "durations"],
    describe: "what makes the parts even: tasks (the default), durations (each machine needs the same history)",
  },
};

/** What these flags and variables ask for. */
export type Scheduling = Pick<RunRequest, "concurrency" | "memoryMb" | "barrier" | "shard">;

const MEMORY_SHARE = 0.8;
const MIB = 1024 * 1024;

/** Reads the flags; `configured` is the number of slots of the configuration. */
export function schedulingOf(
  parsed: Parsed,
  environment: CliEnvironment,
  configured: number | undefined,
): Result<Scheduling, readonly Diagnostic[]> {
  const { values, flags } = parsed;
  const { settings, parallelism, memoryMb } = environment;
  const size = values.get("memory");
  const bytes = size === undefined ? memoryMb * MEMORY_SHARE * MIB : parseBytes(size);
  const shard = shardOf(parsed);
  const problems = [
    ...(bytes === undefined || bytes < MIB ? [wrongValue("--memory", size ?? "", BYTES_EXPECTED)] : []),
    ...(shard.ok ? [] : [shard.error]),
  ];
  if (problems.length > 0 || bytes === undefined || !shard.ok) return fail(problems);
  return ok({
    concurrency: Number(values.get("concurrency") ?? settings.concurrency ?? configured ?? parallelism),
    memoryMb: Math.floor(bytes / MIB),
    barrier: flags.has("barrier"),
    ...(shard.value === undefined ? {} : { shard: shard.value }),
  });
}

function shardOf({ values }: Parsed): Result<RunRequest["shard"], Diagnostic> {
  const [text, by] = [values.get("shard"), values.get("shard-by")];
  if (text === undefined && by !== undefined)
    return fail(
      errorOf("SYM2016", "--shard-by says how --shard divides, and --shard is not there", { hint: "add --shard 1/2" }),
    );
  if (text === undefined) return ok(undefined);
  const [, first, second] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? [];
  const [index, count] = [Number(first), Number(second)];
  if (!(index <= count)) return fail(wrongValue("--shard", text, "`<i>/<n>` with i from 1 to n, as in 2/3,"));
  return ok({ index, count, by: by === "durations" ? "durations" : "tasks" });
}

function wrongValue(flag: string, value: string, expected: string): Diagnostic {
  return errorOf("SYM2005", `${flag} is \`${value}\`: ${expected} is expected`, {
    hint: "`symbiotic run --help` explains it",
  });
}
