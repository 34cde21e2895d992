import type { LoadedConfig } from "../config/load.ts";
import { movedText } from "./moved-text.ts";
import type { Roots } from "./node-modules.ts";

/** A configuration that was loaded in one tree, for another: its files by their places there, for what is said of them. */
export function movedConfig(config: LoadedConfig, { from, to }: Roots): LoadedConfig {
  const moved = (file: string): string => movedText(file, [[from, to]]);
  return {
    ...config,
    sources: config.sources.map(moved),
    layers: config.layers.map((layer) => ({ ...layer, file: moved(layer.file) })),
    ...(config.file === undefined ? {} : { file: moved(config.file) }),
  };
}
