import type { Gate } from "@symbiotic-build/engine";
import { findingsGate } from "@symbiotic-build/validator";
import type { RuffFacts } from "./facts.ts";
import type { RuffOptions } from "./options.ts";

const STAND_IN = "embedded ruff, advisory";

/** No more findings of the linter than allowed; required where the repository has settings for ruff. */
export const lintClean: Gate<RuffOptions, RuffFacts> = findingsGate(
  {
    id: "lint_clean",
    title: "lint clean",
    describe: "Ruff finds no more than is allowed",
    required: ({ facts }) => facts.lintConfigured,
    standIn: STAND_IN,
  },
  ["run_ruff_lint"],
);

/** No more files that are not formatted than allowed; required where the repository formats with ruff. */
export const formatClean: Gate<RuffOptions, RuffFacts> = findingsGate(
  {
    id: "format_clean",
    title: "format clean",
    describe: "No more files than allowed would be reformatted by ruff",
    required: ({ facts }) => facts.formatConfigured,
    unit: "file",
    standIn: STAND_IN,
  },
  ["run_ruff_format_check"],
);
