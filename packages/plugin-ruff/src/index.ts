/** Ruff as atoms and gates. */
import { definePlugin } from "@symbiotic-build/engine";
import { inspect, type RuffFacts } from "./facts.ts";
import { fixFormat, fixLint } from "./fix.ts";
import { formatCheck } from "./format.ts";
import { formatClean, lintClean } from "./gates.ts";
import { lint } from "./lint.ts";
import { optionsSchema, type OptionsSchema } from "./options.ts";

/** Lints Python and checks its formatting with the project's own ruff. */
export const plugin: ReturnType<typeof definePlugin<OptionsSchema, RuffFacts>> = definePlugin<OptionsSchema, RuffFacts>(
  {
    api: 1,
    name: "ruff",
    from: import.meta.url,
    options: optionsSchema,
    inspect,
    atoms: {
      run_ruff_lint: lint,
      run_ruff_format_check: formatCheck,
      fix_ruff_lint: fixLint,
      fix_ruff_format: fixFormat,
    },
    gates: { lint_clean: lintClean, format_clean: formatClean },
    targets: {
      validate: ["run_ruff_lint", "run_ruff_format_check"],
      gates: ["run_ruff_lint", "run_ruff_format_check"],
      fix: ["fix_ruff_lint", "fix_ruff_format"],
    },
  },
);

/** The same under the tool's name, for configurations. */
export const ruff: typeof plugin = plugin;
