/** ESLint as an atom and a gate. */
import { definePlugin } from "@symbiotic-build/engine";
import { validator } from "@symbiotic-build/validator";
import { eslint as eslintValidator } from "./eslint.ts";
import { inspect, type EslintFacts } from "./facts.ts";
import { fixEslint } from "./fix.ts";
import { optionsSchema } from "./options.ts";

const checks = validator(eslintValidator);

/** Lints JavaScript and TypeScript with the project's own ESLint and settings. */
export const plugin: ReturnType<typeof definePlugin<typeof optionsSchema, EslintFacts>> = definePlugin<
  typeof optionsSchema,
  EslintFacts
>({
  api: 1,
  name: "eslint",
  from: import.meta.url,
  options: optionsSchema,
  inspect,
  ...checks,
  atoms: { ...checks.atoms, fix_eslint: fixEslint },
  targets: { ...checks.targets, fix: ["fix_eslint"] },
});

/** The same under the tool's name, for configurations. */
export const eslint: typeof plugin = plugin;
