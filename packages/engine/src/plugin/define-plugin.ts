import type { z } from "zod";
import type { JsonValue } from "../core/json.ts";
import type { PluginSpec } from "./contract.ts";

/** A plugin as a configuration file holds it: the definition, and options that nobody has parsed yet. */
export interface PluginUse {
  readonly spec: PluginSpec;
  readonly options: unknown;
}

/** A plugin named by its package; the package exports its factory as `plugin`. */
export interface NamedPlugin {
  readonly use: string;
  readonly options?: unknown;
}

/** The options may be left out where their schema takes `undefined`. */
export type FactoryArguments<S extends z.ZodType> =
  undefined extends z.input<S> ? [options?: z.input<S>] : [options: z.input<S>];

/** Makes the factory that a configuration calls. It only keeps the options; the engine parses them, so a wrong one is an error with a place. */
export function definePlugin<S extends z.ZodType, F extends JsonValue = null>(
  spec: PluginSpec<S, F>,
): (...args: FactoryArguments<S>) => PluginUse {
  return (...[options]) => ({ spec, options });
}
