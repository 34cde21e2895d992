/** black as an atom and a gate. */
import { definePlugin } from "@symbiotic-build/engine";
import { validator } from "@symbiotic-build/validator";
import { black as blackValidator } from "./black.ts";
import { inspect, type BlackFacts } from "./facts.ts";
import { fixBlack } from "./fix.ts";
import { optionsSchema } from "./options.ts";

const checks = validator(blackValidator);

/** Checks with the project's own black that Python is formatted, where the repository formats with black. */
export const plugin: ReturnType<typeof definePlugin<typeof optionsSchema, BlackFacts>> = definePlugin<
  typeof optionsSchema,
  BlackFacts
>({
  api: 1,
  name: "black",
  from: import.meta.url,
  options: optionsSchema,
  inspect,
  ...checks,
  atoms: { ...checks.atoms, fix_black: fixBlack },
  targets: { ...checks.targets, fix: ["fix_black"] },
});

/** The same under the tool's name, for configurations. */
export const black: typeof plugin = plugin;
