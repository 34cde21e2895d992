import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail } from "../../core/result.ts";
import { changeConflict } from "../change-conflict.ts";
import type { CliCommand } from "../command.ts";
import { AGENT_LIMITS } from "../agent/agent-limits.ts";
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
    agent: {
      kind: "value",
      value: "<name>",
      describe: "let an agent mend what tools cannot, under guard: claude, codex or auto; what was named, it alone",
    },
    ...AGENT_LIMITS,
    ...(concurrency === undefined ? {} : { concurrency }),
  },
  examples: [
    ["symbiotic fix", "everything that can be mended"],
    ["symbiotic fix ruff --filter api", "what ruff check can mend in one project"],
    ["symbiotic fix --affected", "in what your change reaches"],
    ["symbiotic fix --staged", "what is staged, in the index; edits that are not staged stay"],
    ["symbiotic fix --dry-run", "what would change"],
    ["symbiotic fix --agent auto --usd 1", "and let an agent mend types and tests"],
  ],
  async run(parsed, context) {
    const conflict = changeConflict(parsed);
    if (conflict !== undefined) return fail([conflict]);
    if (parsed.values.has("agent")) {
      if (parsed.flags.has("staged")) return fail([noAgentForStaged()]);
      const { fixByAgent } = await import("../fix/fix-by-agent.ts");
      return fixByAgent(parsed, context);
    }
    const { fixRepository } = await import("../fix/fix-repository.ts");
    return fixRepository(parsed, context);
  },
};

function noAgentForStaged(): Diagnostic {
  return errorOf("SYM2018", "an agent works on the work tree, and not on what is staged", {
    hint: "leave --staged away; stage what it changed when you have looked at it",
  });
}
