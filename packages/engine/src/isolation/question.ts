import type { JsonValue } from "../core/json.ts";
import type { Project } from "../plugin/project.ts";
import type { PluginIdentity } from "../plugin/identity.ts";
import type { PluginProblem } from "../plugin/load.ts";
import type { Described } from "./describe.ts";
import type { SeenModules } from "./seen-modules.ts";

/** Which plugin a process is to import. */
export interface Isolated {
  readonly url: string;
  /** Which of the `plugins` it is that this module, a configuration, exports; absent where it exports a factory. */
  readonly index?: number;
  /** As the configuration gives them. */
  readonly options: JsonValue;
}

/** What a process is asked: what the plugin offers, or what one of its hooks answers. */
export type Question =
  | { readonly plugin: Isolated; readonly kind: "describe" }
  /** `identity`: what the plugin was when it was described. */
  | ({ readonly plugin: Isolated; readonly kind: "hook"; readonly identity: PluginIdentity } & HookCall);

/** A call of a hook. */
export interface HookCall {
  /** The names that lead to it in the plugin's definition: `["atoms", "run_ruff_lint", "inputs"]`. */
  readonly hook: readonly string[];
  /** Without the options, which the process has, and without `upstream`. */
  readonly args: readonly unknown[];
  /** Whether the first argument has the plugin's options. */
  readonly hasOptions: boolean;
  /** What is upstream, where the hook has one: left out until it has been asked for. */
  readonly upstream?: readonly Project[] | "untold";
}

/** What a process answers. */
export type Answer =
  | {
      readonly kind: "described";
      readonly described: Described;
      readonly options: JsonValue;
      readonly identity: PluginIdentity;
      readonly modules: SeenModules;
    }
  /** What a hook gave, as JSON; absent for `undefined`. */
  | { readonly kind: "given"; readonly text?: string }
  /** The hook looked at `upstream`, which it was not told: what it gave says nothing. */
  | { readonly kind: "wants-upstream" }
  | { readonly kind: "threw"; readonly message: string }
  | { readonly kind: "unusable"; readonly message: string }
  | { readonly kind: "refused"; readonly problems: readonly PluginProblem[] }
  /** The plugin is not the one that was asked for. */
  | { readonly kind: "changed" };
