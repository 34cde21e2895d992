/** Semgrep as an atom and a gate, with a small rule set. */
import { definePlugin } from "@symbiotic-build/engine";
import { validator } from "@symbiotic-build/validator";
import { inspect, type SemgrepFacts } from "./facts.ts";
import { optionsSchema } from "./options.ts";
import { semgrep as semgrepValidator } from "./semgrep.ts";

/** Looks for patterns of code with the project's own semgrep: the rules of this package, of the repository, and of a registry where asked. */
export const plugin: ReturnType<typeof definePlugin<typeof optionsSchema, SemgrepFacts>> = definePlugin<
  typeof optionsSchema,
  SemgrepFacts
>({
  api: 1,
  name: "semgrep",
  from: import.meta.url,
  options: optionsSchema,
  inspect,
  ...validator(semgrepValidator),
});

/** The same under the tool's name, for configurations. */
export const semgrep: typeof plugin = plugin;
