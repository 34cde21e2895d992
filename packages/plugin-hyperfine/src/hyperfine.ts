import type { Command, CommandContext, JsonValue } from "@symbiotic-build/engine";
import { seenFrom, type Validator } from "@symbiotic-build/validator";
import { ALONE, benchmarksOf, TOOL } from "./benchmarks.ts";
import type { HyperfineOptions } from "./options.ts";
import { readReport } from "./report.ts";

const REPORT = "hyperfine.json";

/** Measures how long commands take, with nothing else running beside them. */
export const hyperfine: Validator<HyperfineOptions, JsonValue> = {
  tool: "hyperfine",
  atom: "run_hyperfine",
  alias: "hyperfine",
  title: "hyperfine",
  describe: "Measure how long commands take with hyperfine",
  applies: (context) => benchmarksOf(context).length > 0,
  tools: () => [TOOL],
  ...ALONE,
  command: commandOf,
  reads: [REPORT],

  finished: [0],
  report({ files }, context) {
    const { manifests, root } = context.project;
    return readReport(files[REPORT] ?? "", benchmarksOf(context), manifests[0] ?? root);
  },
  gate: {
    id: "benchmarks_run",
    title: "benchmarks run",
    describe: "No command that is measured fails; how long they take is not judged",
    required: () => true,
  },
  targets: ["benchmark"],
};

function commandOf(context: CommandContext<HyperfineOptions, JsonValue>): Command {
  const { options, out, project, tool } = context;
  const benchmarks = benchmarksOf(context);
  const isPrepared = benchmarks.some(({ prepare }) => prepare !== undefined);
  return {
    argv: [
      ...tool.argv,
      ...options.args,
      ...["--style", "basic", "--ignore-failure", "--export-json", seenFrom(project.root, `${out}/${REPORT}`)],
      ...["--warmup", String(options.warmup)],
      ...(options.runs === undefined ? [] : ["--runs", String(options.runs)]),
      ...benchmarks.flatMap(({ name, prepare }) => [
        ...["--command-name", name],
        // Hyperfine takes one for all, or one for each.
        ...(isPrepared ? ["--prepare", prepare ?? "exit 0"] : []),
      ]),
      "--",
      ...benchmarks.map(({ command }) => command),
    ],
  };
}
