/** Great Expectations as an atom and a gate. */
import { definePlugin } from "@symbiotic-build/engine";
import { validator } from "@symbiotic-build/validator";
import { inspect, type GreatExpectationsFacts } from "./facts.ts";
import { greatExpectations as greatExpectationsValidator } from "./great-expectations.ts";
import { optionsSchema } from "./options.ts";

/** Asks whether data is as expected, with the project's own Great Expectations. */
export const plugin: ReturnType<typeof definePlugin<typeof optionsSchema, GreatExpectationsFacts>> = definePlugin<
  typeof optionsSchema,
  GreatExpectationsFacts
>({
  api: 1,
  name: "great-expectations",
  from: import.meta.url,
  options: optionsSchema,
  inspect,
  ...validator(greatExpectationsValidator),
});

/** The same under the tool's name, for configurations. */
export const greatExpectations: typeof plugin = plugin;
