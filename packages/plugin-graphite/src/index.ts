/** Graphite's stacks as a platform. */
import { definePlugin, type PluginUse } from "@symbiotic-build/engine";
import { z } from "zod";
import { graphitePlatform } from "./graphite.ts";

/** What a configuration may set: nothing. */
export type GraphiteSettings = Readonly<Record<string, never>>;

const optionsSchema: z.ZodType<GraphiteSettings, GraphiteSettings | undefined> = z.strictObject({}).prefault({});

/** The plugin's factory. */
export const graphite: (options?: GraphiteSettings) => PluginUse = definePlugin({
  api: 1,
  name: "graphite",
  from: import.meta.url,
  options: optionsSchema,
  platforms: { graphite: graphitePlatform },
});

export { graphite as plugin };
