/** dbt as an atom and a gate. */
import { definePlugin } from "@symbiotic-build/engine";
import { validator } from "@symbiotic-build/validator";
import { dbt as dbtValidator } from "./dbt.ts";
import { inspect, type DbtFacts } from "./facts.ts";
import { optionsSchema } from "./options.ts";

/** Builds and tests the models of a data project with the project's own dbt. */
export const plugin: ReturnType<typeof definePlugin<typeof optionsSchema, DbtFacts>> = definePlugin<
  typeof optionsSchema,
  DbtFacts
>({
  api: 1,
  name: "dbt",
  from: import.meta.url,
  options: optionsSchema,
  inspect,
  ...validator(dbtValidator),
});

/** The same under the tool's name, for configurations. */
export const dbt: typeof plugin = plugin;
