import { fail, ok, type Diagnostic, type Finding, type Metric, type Result } from "@symbiotic-build/engine";
import { anotherFormat, count, readJson, type Report } from "@symbiotic-build/validator";
import { z } from "zod";
import type { Benchmark } from "./options.ts";

const measuredSchema = z.object({
  mean: z.number(),
  median: z.number(),
  // With one run there is none.
  stddev: z.number().nullish(),
  min: z.number(),
  max: z.number(),
  exit_codes: z.array(z.number().nullable()),
});

type Measured = z.infer<typeof measuredSchema>;

const reportSchema = z.object({ results: z.array(measuredSchema) });

/** What `hyperfine --export-json` wrote, from 1.11 on: seconds as metrics, and a finding for each command that failed. */
export function readReport(text: string, benchmarks: readonly Benchmark[], file: string): Result<Report, Diagnostic> {
  const read = readJson("hyperfine", text, reportSchema);
  if (!read.ok) return read;
  const { results } = read.value;
  if (results.length !== benchmarks.length)
    return fail(anotherFormat("hyperfine", text, `${count(results.length, "result")} of ${String(benchmarks.length)}`));
  const pairs = benchmarks.flatMap(({ name }, index) => {
    const measured = results[index];
    return measured === undefined ? [] : [{ name, measured }];
  });
  const findings = pairs.flatMap(({ name, measured }) => failuresOf(name, measured, file));
  return ok({
    findings,
    metrics: pairs.flatMap(({ name, measured }) => metricsOf(name, measured)),
    ...(findings.length === 0 ? { summary: count(pairs.length, "benchmark") } : {}),
  });
}

const timesSchema = z.object({
  results: z.tuple([z.object({ min: z.number().nonnegative(), exit_codes: z.array(z.number().nullable()) })]),
});

/** What a turn gave. */
export interface Times {
  /** Seconds. */
  readonly shortest: number;
  /** The first that is not 0; -1 for the end by a signal. */
  readonly exitCode: number;
}

/** What hyperfine wrote of one command. */
export function readTimes(text: string): Result<Times, Diagnostic> {
  const read = readJson("hyperfine", text, timesSchema);
  if (!read.ok) return read;
  const [{ min, exit_codes: codes }] = read.value.results;
  return ok({ shortest: min, exitCode: codes.map((code) => code ?? -1).find((code) => code !== 0) ?? 0 });
}

const NUMBERS = ["mean", "median", "stddev", "min", "max"] as const;

function metricsOf(name: string, measured: Measured): readonly Metric[] {
  return NUMBERS.flatMap((each) => {
    const value = measured[each];
    return typeof value === "number" ? [{ name: `${name} ${each}`, value, unit: "s" }] : [];
  });
}

/** `null` is the end of a command that a signal ended. */
function failuresOf(name: string, { exit_codes: codes }: Measured, file: string): readonly Finding[] {
  const failed = codes.filter((code) => code !== 0);
  const [code] = failed;
  if (code === undefined) return [];
  const how = code === null ? "was ended by a signal" : `failed with exit code ${String(code)}`;
  const message = `${name} ${how} in ${String(failed.length)} of ${count(codes.length, "run")}`;
  return [{ tool: "hyperfine", rule: "command-failed", level: "error", message, file }];
}
