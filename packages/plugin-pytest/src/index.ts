/** pytest as an atom and three gates. */
import { definePlugin } from "@symbiotic-build/engine";
import { changedLines } from "./gates/changed-lines.ts";
import { coverage } from "./gates/coverage.ts";
import { ATOM } from "./gates/evidence.ts";
import { testsPassed } from "./gates/tests-passed.ts";
import type { PytestFacts } from "./inspect/facts.ts";
import { inspect } from "./inspect/inspect.ts";
import { options } from "./options.ts";
import { runPytest } from "./run/atom.ts";

/** Runs the tests with the project's own pytest and reads back every outcome and the coverage. */
export const plugin: ReturnType<typeof definePlugin<typeof options, PytestFacts>> = definePlugin<
  typeof options,
  PytestFacts
>({
  api: 1,
  name: "pytest",
  from: import.meta.url,
  options,
  inspect,
  atoms: { [ATOM]: runPytest },
  gates: { tests_passed: testsPassed, coverage, coverage_of_change: changedLines },
  targets: { test: [ATOM], gates: [ATOM] },
});

/** The same under the tool's name, for configurations. */
export const pytest: typeof plugin = plugin;
