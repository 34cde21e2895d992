import type { CliCommand } from "../command.ts";

/** `symbiotic triage`: who mends what a run found. */
export const triageCommand: CliCommand = {
  name: "triage",
  summary: "what a run found, by who can mend it: a tool, a person, an agent",
  usage: "[<run>|latest] [options]",
  describe:
    "Sorts the findings and failures of a run, the latest if none is named, into lanes: lint and format are for `symbiotic fix`, type and behaviour for a person or an agent, security for a decision. Nothing is run. What is in the baseline is left out.",
  positionals: { least: 0, most: 1, what: "a run" },
  options: {},
  examples: [
    ["symbiotic triage", "the latest run"],
    ["symbiotic triage 20261121-085244-dc1a --json", "another one, for a program"],
  ],
  async run(parsed, context) {
    const { triageRun } = await import("../triage/triage-run.ts");
    return triageRun(parsed, context);
  },
};
