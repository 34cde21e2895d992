/** Claude Code as an agent. */
import { definePlugin, type PluginUse } from "@symbiotic-build/engine";
import { claudeAgent } from "./claude.ts";
import { optionsSchema, type ClaudeSettings } from "./options.ts";

/** The plugin's factory. */
export const claude: (options?: ClaudeSettings) => PluginUse = definePlugin({
  api: 1,
  name: "claude",
  from: import.meta.url,
  options: optionsSchema,
  agents: { claude: claudeAgent },
});

export { claude as plugin };
export type { ClaudeSettings };
