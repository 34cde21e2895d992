import type { FoundConfig } from "./find.ts";
import type { KeyPath } from "./locate.ts";

/** The file that a setting has its value from: of those that say it, the last; of those that say nothing of it, the one that comes nearest. */
export function layerOf(layers: readonly FoundConfig[], path: KeyPath): FoundConfig {
  const falling = layers.toReversed();
  for (let length = path.length; length > 0; length -= 1) {
    const found = falling.find(({ value }) => hasSetting(value, path.slice(0, length)));
    if (found !== undefined) return found;
  }
  const [own] = falling;
  if (own === undefined) throw new Error("a configuration has at least one file");
  return own;
}

/** Whether a file says something of a setting. */
export function hasSetting(value: unknown, path: KeyPath): boolean {
  let at = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return false;
    at = (at as Readonly<Record<string | number, unknown>>)[key];
  }
  return at !== undefined;
}
