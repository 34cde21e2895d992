import type { z } from "zod";
import type { JsonValue } from "../core/json.ts";
import type { PluginSpec } from "./contract.ts";

/** A plugin as a configuration file holds it: the definition, and options that nobody has parsed yet. */
export interface PluginUse {
  readonly spec: PluginSpec;
  readonly options: unknown;
}

/**
 * A plugin named by its package, which exports its factory as `plugin`. It is isolated: only processes of its own import it.
 * Why it has this shape: docs/decisions/0009-isolated-plugins.md.
 */
export interface NamedPlugin {
  readonly use: string;
  /** JSON. */
  readonly options?: unknown;
  readonly limits?: PluginLimits;
}

/** What an isolated plugin may take. */
export interface PluginLimits {
  /** Milliseconds until its process has started and imported it; 30,000 where it is not said. */
  readonly loadMs?: number;
  /** Milliseconds for one answer of a hook; 10,000 where it is not said. */
  readonly hookMs?: number;
  /** MiB that each of its processes may take; 512 where it is not said. */
  readonly memoryMb?: number;
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
