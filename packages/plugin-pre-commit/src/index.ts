/** The repository's own pre-commit hooks as an atom and a gate. */
import { definePlugin } from "@symbiotic-build/engine";
import { validator } from "@symbiotic-build/validator";
import { inspect, type PreCommitFacts } from "./facts.ts";
import { optionsSchema } from "./options.ts";
import { preCommit as preCommitValidator } from "./pre-commit.ts";

/** Runs the repository's own hooks with pre-commit, over a copy of the repository, so that none of them changes a file. */
export const plugin: ReturnType<typeof definePlugin<typeof optionsSchema, PreCommitFacts>> = definePlugin<
  typeof optionsSchema,
  PreCommitFacts
>({
  api: 1,
  name: "pre-commit",
  from: import.meta.url,
  options: optionsSchema,
  inspect,
  ...validator(preCommitValidator),
});

/** The same under the tool's name, for configurations. */
export const preCommit: typeof plugin = plugin;
