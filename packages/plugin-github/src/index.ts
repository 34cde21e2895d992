/** GitHub's pull requests as a platform. */
import { definePlugin, type PluginUse } from "@symbiotic-build/engine";
import { githubPlatform } from "./github.ts";
import { optionsSchema, type GitHubSettings } from "./options.ts";

/** The plugin's factory. */
export const github: (options?: GitHubSettings) => PluginUse = definePlugin({
  api: 1,
  name: "github",
  from: import.meta.url,
  options: optionsSchema,
  platforms: { github: githubPlatform },
});

export { github as plugin };
export type { GitHubSettings };
