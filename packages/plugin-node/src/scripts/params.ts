import type { JsonValue } from "@symbiotic-build/engine";
import type { ScriptSettings } from "../options.ts";
import type { ScriptClass } from "./classify.ts";

/** A script in all packages, as deriving it hands it on. */
export interface WholeScript {
  readonly script: string;
  readonly class: ScriptClass;
  /** What comes first where nobody says. */
  readonly dependsOn: readonly string[];
  /** Globs over the whole repository that are inputs of every script. */
  readonly global: readonly string[];
  /** What the configuration says of it, a later one over an earlier; `packages`: the ones that it is said of, without it all. */
  readonly layers: readonly { readonly packages?: string; readonly settings: ScriptSettings }[];
}

/** A script in one package: all that its key has to hold of the configuration. */
export interface ScriptParams {
  readonly script: string;
  /** `null`: all files. */
  readonly inputs: readonly string[] | null;
  readonly global: readonly string[];
  readonly outputs: readonly string[];
  readonly scratch: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly variables: readonly string[];
  readonly platform: boolean;
  /** What the configuration says of whether it ends; `null` where it says nothing. */
  readonly persistent: boolean | null;
}

/** Reads them back from a context: narrowing made them. */
export function paramsOf({ params }: { readonly params?: JsonValue }): ScriptParams {
  return params as unknown as ScriptParams;
}
