import { argsOption } from "@symbiotic-build/validator";
import { z } from "zod";

/** A command to measure. */
export interface BenchmarkSettings {
  /** Unique; what metrics and messages call it. */
  readonly name: string;
  /** A line for the system's shell, run in the project's folder. */
  readonly command: string;
  /** A line that is run before each time it is measured. */
  readonly prepare?: string | undefined;
  /** The folder of the project that it belongs to. */
  readonly project?: string | undefined;
}

/** What a configuration may set. */
export interface HyperfineSettings {
  /** Further arguments for hyperfine. */
  readonly args?: string[] | undefined;
  /** None where it is not said: then there is nothing to measure. */
  readonly benchmarks?: BenchmarkSettings[] | undefined;
  /** How often each command is run before it is measured. */
  readonly warmup?: number | undefined;
  /** How often each command is measured; without it hyperfine decides. */
  readonly runs?: number | undefined;
  /** How often the base and the work tree take turns where they are compared. */
  readonly rounds?: number | undefined;
}

/** A command to measure, after parsing. */
export interface Benchmark {
  readonly name: string;
  readonly command: string;
  readonly prepare?: string | undefined;
  readonly project: string;
}

/** The options after parsing. */
export interface HyperfineOptions {
  readonly args: string[];
  readonly benchmarks: Benchmark[];
  readonly warmup: number;
  readonly runs?: number | undefined;
  readonly rounds: number;
}

const benchmarkSchema = z.strictObject({
  name: z.string().min(1),
  command: z.string().min(1),
  prepare: z.string().min(1).optional(),
  project: z.string().min(1).default("."),
});

/** Reads the options that a configuration gives. */
export const optionsSchema: z.ZodType<HyperfineOptions, HyperfineSettings | undefined> = z
  .strictObject({
    args: argsOption,
    benchmarks: z
      .array(benchmarkSchema)
      .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "two benchmarks have one name")
      .default([])
      .describe("what is measured: `name`, `command`, and where they are said `prepare` and `project`"),
    warmup: z.int().min(0).default(0).describe("how often each command is run before it is measured"),
    runs: z.int().min(2).optional().describe("how often each command is measured; without it hyperfine decides"),
    rounds: z
      .int()
      .min(6)
      .default(60)
      .describe("how often the base and the work tree take turns where they are compared"),
  })
  .prefault({});
