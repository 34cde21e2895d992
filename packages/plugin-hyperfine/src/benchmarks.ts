import type { Context, FunctionAtom, JsonValue, ToolSpec } from "@symbiotic-build/engine";
import type { Benchmark, HyperfineOptions } from "./options.ts";

/** The benchmarks that belong to a project. */
export function benchmarksOf({ options, project }: Context<HyperfineOptions, JsonValue>): readonly Benchmark[] {
  return options.benchmarks.filter((each) => each.project === project.root);
}

/** The program that measures. */
export const TOOL: ToolSpec = {
  name: "hyperfine",
  kind: "path-executable",
  bin: "hyperfine",
  version: ["--version"],
  install: { registry: "crate", package: "hyperfine", version: "1.20.0" },
};

/** What measuring reads and takes, whatever is made of it. */
export const ALONE: Pick<FunctionAtom<HyperfineOptions, JsonValue>, "inputs" | "cache" | "resources"> = {
  inputs: () => ({ files: ["**/*"], upstreamFiles: ["**/*"] }),
  cache: "measures time",
  // More than there are: whatever else runs would be measured too.
  resources: { cpu: 1024 },
};
