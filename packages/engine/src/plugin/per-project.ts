import type { JsonValue } from "../core/json.ts";
import type { Context, PerProject } from "./atom.ts";

/** What a member of an atom says for one project. Throws what the plugin's function throws. */
export function perProject<T extends Exclude<unknown, (...given: never) => unknown>>(
  value: PerProject<unknown, JsonValue, T>,
  context: Context<JsonValue, JsonValue>,
): T {
  return typeof value === "function" ? (value as (context: Context<JsonValue, JsonValue>) => T)(context) : value;
}
