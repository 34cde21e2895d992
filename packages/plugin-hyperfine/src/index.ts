/** Hyperfine as an atom and a gate: how long commands take. */
import { definePlugin } from "@symbiotic-build/engine";
import { validator } from "@symbiotic-build/validator";
import { hyperfine as hyperfineValidator } from "./hyperfine.ts";
import { optionsSchema } from "./options.ts";

/** Measures how long the commands take that the configuration names. */
export const plugin: ReturnType<typeof definePlugin<typeof optionsSchema>> = definePlugin({
  api: 1,
  name: "hyperfine",
  from: import.meta.url,
  options: optionsSchema,
  ...validator(hyperfineValidator),
});

/** The same under the tool's name, for configurations. */
export const hyperfine: typeof plugin = plugin;
