/** Hyperfine as atoms and gates: how long commands take, and how much longer than at the base of a change. */
import { definePlugin } from "@symbiotic-build/engine";
import { validator } from "@symbiotic-build/validator";
import { COMPARE, compare } from "./compare.ts";
import { noRegression } from "./gate.ts";
import { hyperfine as hyperfineValidator } from "./hyperfine.ts";
import { optionsSchema } from "./options.ts";

const measured = validator(hyperfineValidator);

/** Measures how long the commands take that the configuration names, and compares that with the base of a change. */
export const plugin: ReturnType<typeof definePlugin<typeof optionsSchema>> = definePlugin({
  api: 1,
  name: "hyperfine",
  from: import.meta.url,
  options: optionsSchema,
  atoms: { ...measured.atoms, [COMPARE]: compare },
  gates: { ...measured.gates, no_performance_regression: noRegression },
  targets: { ...measured.targets, performance: [COMPARE] },
});

/** The same under the tool's name, for configurations. */
export const hyperfine: typeof plugin = plugin;
