/** OpenAI's Codex as an agent. */
import { definePlugin, type PluginUse } from "@symbiotic-build/engine";
import { codexAgent } from "./codex.ts";
import { optionsSchema, type CodexSettings } from "./options.ts";

/** The plugin's factory. */
export const codex: (options?: CodexSettings) => PluginUse = definePlugin({
  api: 1,
  name: "codex",
  from: import.meta.url,
  options: optionsSchema,
  agents: { codex: codexAgent },
});

export { codex as plugin };
export type { CodexSettings };
