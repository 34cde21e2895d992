/** The property tests of hypothesis as an atom and a gate. */
import { definePlugin } from "@symbiotic-build/engine";
import { validator } from "@symbiotic-build/validator";
import { inspect, type HypothesisFacts } from "./facts.ts";
import { hypothesis as hypothesisValidator } from "./hypothesis.ts";
import { optionsSchema } from "./options.ts";

/** Runs a project's property tests with a profile and a seed, and keeps each failing example as a finding. */
export const plugin: ReturnType<typeof definePlugin<typeof optionsSchema, HypothesisFacts>> = definePlugin<
  typeof optionsSchema,
  HypothesisFacts
>({
  api: 1,
  name: "hypothesis",
  from: import.meta.url,
  options: optionsSchema,
  inspect,
  ...validator(hypothesisValidator),
});

/** The same under the tool's name, for configurations. */
export const hypothesis: typeof plugin = plugin;
