import type { CliCommand } from "../command.ts";
import { SCHEDULE_OPTIONS } from "../schedule-options.ts";
import { SELECTION_OPTIONS } from "../selection-options.ts";

const { affected, base, filter, exclude } = SELECTION_OPTIONS;
const { concurrency } = SCHEDULE_OPTIONS;

/** `symbiotic local-ci`: all that guards a push, with one exit code. */
export const localCiCommand: CliCommand = {
  name: "local-ci",
  summary: "all that guards a push, in stages: lint and types, tests, reports; one exit code",
  usage: "[options]",
  describe: [
    "stage 1  lint and types (the target validate): what changed first, then all",
    "stage 2  tests and every gate (the target gates)",
    "stage 3  reports of the last run, in artifacts/",
    "",
    "A stage that fails is the last one, but for its reports; with --continue all are run.",
  ].join("\n"),
  positionals: { least: 0, most: 0, what: "" },
  options: {
    ...(affected === undefined ? {} : { affected }),
    ...(base === undefined ? {} : { base }),
    ...(filter === undefined ? {} : { filter }),
    ...(exclude === undefined ? {} : { exclude }),
    ...(concurrency === undefined ? {} : { concurrency }),
    continue: { kind: "flag", describe: "run stage 2 although stage 1 failed" },
  },
  examples: [
    ["symbiotic local-ci", "before a push"],
    ["symbiotic local-ci --affected", "only what the change reaches"],
    ["symbiotic local-ci --continue --json", "all stages, for a program"],
  ],
  async run(parsed, context) {
    const { runLocalCi } = await import("../local-ci/run-local-ci.ts");
    return runLocalCi(parsed, context);
  },
};
