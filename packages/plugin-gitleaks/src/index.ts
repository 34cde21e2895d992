/** Gitleaks as two atoms and their gates: over the work tree, and over the history. */
import { definePlugin } from "@symbiotic-build/engine";
import { validator } from "@symbiotic-build/validator";
import { inspect, type GitleaksFacts } from "./facts.ts";
import { history } from "./history.ts";
import { optionsSchema } from "./options.ts";
import { workTree } from "./work-tree.ts";

/** Looks for secrets with gitleaks. */
export const plugin: ReturnType<typeof definePlugin<typeof optionsSchema, GitleaksFacts>> = definePlugin<
  typeof optionsSchema,
  GitleaksFacts
>({
  api: 1,
  name: "gitleaks",
  from: import.meta.url,
  options: optionsSchema,
  inspect,
  ...validator(workTree, history),
});

/** The same under the tool's name, for configurations. */
export const gitleaks: typeof plugin = plugin;
