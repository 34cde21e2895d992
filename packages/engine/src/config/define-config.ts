import type { NamedPlugin, PluginUse } from "../plugin/define-plugin.ts";
import type { Settings } from "./schema.ts";

/** What `symbiotic.config.ts` exports by default. */
export interface Config extends Settings {
  /** Plugins beside the default ones; one with a default plugin's name takes its place. */
  readonly plugins?: readonly (PluginUse | NamedPlugin)[];
}

/** Gives a configuration its type, for completion in an editor. */
export function defineConfig(config: Config): Config {
  return config;
}
