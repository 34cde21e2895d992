/** How complex functions are as an atom, and how much more so a change makes them as a gate. */
import { definePlugin, ok } from "@symbiotic-build/engine";
import { complexityOfChange } from "./gate.ts";
import { ATOM, measure } from "./measure.ts";
import { optionsSchema } from "./options.ts";

/** Measures the functions of Python projects with ruff, and compares them with the base of a change. */
export const plugin: ReturnType<typeof definePlugin<typeof optionsSchema, boolean>> = definePlugin<
  typeof optionsSchema,
  boolean
>({
  api: 1,
  name: "complexity",
  from: import.meta.url,
  options: optionsSchema,
  inspect: { texts: [], paths: ["**/*.py"], facts: ({ paths }) => ok(paths.length > 0) },
  atoms: { [ATOM]: measure },
  gates: { complexity_of_change: complexityOfChange },
  targets: { validate: [ATOM], gates: [ATOM] },
});

/** The same under what it is about, for configurations. */
export const complexity: typeof plugin = plugin;
