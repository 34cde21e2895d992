import type { Applies, CommandAtom, Context } from "@symbiotic-build/engine";
import type { PytestFacts } from "../inspect/facts.ts";
import type { PytestOptions } from "../options.ts";
import { parts } from "../recorder/parts.ts";
import { command, PYTEST_COV } from "./command.ts";
import { inputs, SCRATCH } from "./inputs.ts";
import { parse, READS } from "./parse.ts";

/** Runs a project's tests with its own pytest, and measures coverage where pytest-cov is installed. */
export const runPytest: CommandAtom<PytestOptions, PytestFacts> = {
  kind: "check",
  alias: "pytest",
  title: "pytest",
  describe: "Run the tests with pytest and measure their coverage",
  lane: "behaviour",
  implements: ["037", "040"],
  applies,
  tools: () => [
    { name: "pytest", kind: "python-module", module: "pytest", distribution: "pytest", detects: [PYTEST_COV] },
  ],
  inputs,
  scratch: SCRATCH,
  command,
  reads: READS,
  parts,
  parse,
};

/** Without test files there is no task, unless the repository itself says where its tests are. */
function applies({ facts }: Context<PytestOptions, PytestFacts>): Applies {
  return facts.hasTests || (facts.pytestConfigured && facts.testPaths.length > 0);
}
