/** Bandit as an atom and a gate. */
import { definePlugin } from "@symbiotic-build/engine";
import { validator } from "@symbiotic-build/validator";
import { bandit as banditValidator } from "./bandit.ts";
import { inspect, type BanditFacts } from "./facts.ts";
import { optionsSchema } from "./options.ts";

/** Looks for security problems in Python with the project's own bandit. */
export const plugin: ReturnType<typeof definePlugin<typeof optionsSchema, BanditFacts>> = definePlugin<
  typeof optionsSchema,
  BanditFacts
>({
  api: 1,
  name: "bandit",
  from: import.meta.url,
  options: optionsSchema,
  inspect,
  ...validator(banditValidator),
});

/** The same under the tool's name, for configurations. */
export const bandit: typeof plugin = plugin;
