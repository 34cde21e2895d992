import { CATALOGUE_FORMATS } from "../atoms/graph-of-catalogue.ts";
import type { CliCommand } from "../command.ts";
import { FILTER_OPTIONS } from "../selection-options.ts";

/** `symbiotic atoms`: the catalogue of the pipeline, and what of it there is. */
export const atomsCommand: CliCommand = {
  name: "atoms",
  summary: "the catalogue of the pipeline: what each step is for, and what does it here",
  usage: "list|show <entry>|graph [<entry>]|run <entry> [options]",
  describe: [
    "list   all entries by phase, with the atoms and commands that implement them",
    "show   one: purpose, inputs, outputs, what comes first, what does it",
    "graph  which entry comes after which, or of one all that comes before",
    "run    the atoms of plugins that implement one; a command that does it is named",
    "",
    "An entry is named by its number (031), its name (run_ruff_lint) or an atom that implements it.",
  ].join("\n"),
  positionals: { least: 1, most: 2, what: "list, show <entry>, graph or run <entry>" },
  options: {
    phase: { kind: "value", value: "<n>", describe: "list: only this phase, 0 to 20" },
    missing: { kind: "flag", describe: "list: only what is not or not wholly implemented" },
    format: {
      kind: "value",
      value: "<format>",
      oneOf: CATALOGUE_FORMATS,
      describe: `graph: ${CATALOGUE_FORMATS.join(", ")} (default: text)`,
    },
    ...FILTER_OPTIONS,
  },
  examples: [
    ["symbiotic atoms list --phase 4", "what there is for static checks"],
    ["symbiotic atoms list --missing", "what nothing does yet"],
    ["symbiotic atoms show 042", "one entry"],
    ["symbiotic atoms graph local_ci_green --format mermaid", "all that has to come before"],
    ["symbiotic atoms run 031", "lint with whatever implements it"],
  ],
  async run(parsed, context) {
    const { atomsAction } = await import("../atoms/atoms-command.ts");
    return atomsAction(parsed, context);
  },
};
