/** Prettier as an atom and a gate. */
import { definePlugin } from "@symbiotic-build/engine";
import { validator } from "@symbiotic-build/validator";
import { inspect, type PrettierFacts } from "./facts.ts";
import { fixPrettier } from "./fix.ts";
import { optionsSchema } from "./options.ts";
import { prettier as prettierValidator } from "./prettier.ts";

const checks = validator(prettierValidator);

/** Checks the formatting of files with the project's own Prettier and settings. */
export const plugin: ReturnType<typeof definePlugin<typeof optionsSchema, PrettierFacts>> = definePlugin<
  typeof optionsSchema,
  PrettierFacts
>({
  api: 1,
  name: "prettier",
  from: import.meta.url,
  options: optionsSchema,
  inspect,
  ...checks,
  atoms: { ...checks.atoms, fix_prettier: fixPrettier },
  targets: { ...checks.targets, fix: ["fix_prettier"] },
});

/** The same under the tool's name, for configurations. */
export const prettier: typeof plugin = plugin;
