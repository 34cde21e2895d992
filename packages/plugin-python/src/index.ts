import { definePlugin, type PluginUse } from "@symbiotic-build/engine";
import { discovery } from "./discover.ts";
import { options, type PythonOptionsInput } from "./options.ts";

/** Finds Python projects: `python({ environment: ".venv" })` in a configuration. */
export const plugin: (options?: PythonOptionsInput) => PluginUse = definePlugin({
  api: 1,
  name: "python",
  from: import.meta.url,
  options,
  discovery,
});

/** The same, under the name that a configuration reads well with. */
export const python: typeof plugin = plugin;

export type { PythonOptions, PythonOptionsInput } from "./options.ts";
