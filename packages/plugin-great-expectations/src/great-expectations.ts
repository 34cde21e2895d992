import { parentOf, type Command, type CommandContext } from "@symbiotic-build/engine";
import { seenFrom, type Validator } from "@symbiotic-build/validator";
import type { GreatExpectationsFacts } from "./facts.ts";
import type { GreatExpectationsOptions } from "./options.ts";
import { PROGRAM } from "./program.ts";
import { readReport } from "./report.ts";

const REPORT = "report.json";

/** Asks whether data is as expected, by the checkpoints of a project. */
export const greatExpectations: Validator<GreatExpectationsOptions, GreatExpectationsFacts> = {
  tool: "great-expectations",
  atom: "run_great_expectations",
  alias: "great-expectations",
  title: "great expectations",
  describe: "Ask whether data is as expected, with the checkpoints of Great Expectations",
  applies: ({ facts }) => facts.folder !== null,
  tools: () => [
    {
      name: "great-expectations",
      kind: "python-module",
      module: "great_expectations",
      distribution: "great-expectations",
      install: { registry: "pypi", package: "great-expectations", version: "1.24.1" },
    },
  ],
  inputs: ({ options }) => ({ files: ["**/*"], variables: options.variables }),
  cache: "asks for data",
  scratch: ({ facts, project }) => [seenFrom(project.root, `${facts.folder ?? "."}/uncommitted`)],
  command: commandOf,
  reads: [REPORT],
  finished: [0],
  report: ({ files }, { facts }) => readReport(files[REPORT] ?? "", facts),
  gate: {
    id: "great_expectations_clean",
    title: "great expectations clean",
    describe: "No more expectations of data fail than is allowed; those whose severity is info do not count",
    required: ({ facts }) => facts.folder !== null,
  },
};

/** Great Expectations has no command line: the environment's Python runs a program of this package. */
function commandOf({
  facts,
  options,
  out,
  tool,
}: CommandContext<GreatExpectationsOptions, GreatExpectationsFacts>): Command {
  const folder = facts.folder ?? ".";
  const cwd = parentOf(folder);
  return {
    argv: [tool.argv[0], "-", seenFrom(cwd, folder), seenFrom(cwd, `${out}/${REPORT}`), ...options.checkpoints],
    cwd: folder === "." ? "." : cwd,
    env: { GX_ANALYTICS_ENABLED: "false" },
    stdin: PROGRAM,
  };
}
