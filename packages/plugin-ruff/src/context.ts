import type { CommandContext, Context } from "@symbiotic-build/engine";
import type { RuffFacts } from "./facts.ts";
import type { RuffOptions } from "./options.ts";

/** What the hooks of this plugin's atoms and gates are given. */
export type RuffContext = Context<RuffOptions, RuffFacts>;

/** What the hooks are given once there is a tool. */
export type RuffCommandContext = CommandContext<RuffOptions, RuffFacts>;
