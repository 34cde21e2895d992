import { fail } from "../../core/result.ts";
import { changeConflict } from "../change-conflict.ts";
import type { CliCommand } from "../command.ts";
import { SCHEDULE_OPTIONS } from "../schedule-options.ts";
import { CHANGE_OPTIONS, SELECTION_OPTIONS } from "../selection-options.ts";

const { concurrency } = SCHEDULE_OPTIONS;

/** `symbiotic fix`: what linters and formatters can mend by themselves. */
export const fixCommand: CliCommand = {
  name: "fix",
  summary: "mend what linters and formatters can mend by themselves, and show the difference",
  usage: "[target...] [options]",
  describe:
    "Takes the safe fixes of the linters and formats what the formatters would, with the tools, options and settings of the checks, where these find something. Tools work in a copy; what they changed is checked, and then written. Exit code 1 where findings are left. Never in CI.",
  positionals: { least: 0, most: 1000, what: "targets" },
  options: {
    ...SELECTION_OPTIONS,
    ...CHANGE_OPTIONS,
    "dry-run": { kind: "flag", describe: "show the difference and what would be left; write nothing" },
    rounds: {
      kind: "value",
      value: "<n>",
      count: true,
      describe: "how often at most lint and format follow each other, until nothing is left or changes (default: 3)",
    },
    ...(concurrency === undefined ? {} : { concurrency }),
  },
  examples: [
    ["symbiotic fix", "everything that can be mended"],
    ["symbiotic fix ruff --filter api", "what ruff check can mend in one project"],
    ["symbiotic fix --affected", "in what your change reaches"],
    ["symbiotic fix --staged", "what is staged, in the index; edits that are not staged stay"],
    ["symbiotic fix --dry-run", "what would change"],
  ],
  async run(parsed, context) {
    const conflict = changeConflict(parsed);
    if (conflict !== undefined) return fail([conflict]);
    const { fixRepository } = await import("../fix/fix-repository.ts");
    return fixRepository(parsed, context);
  },
};
