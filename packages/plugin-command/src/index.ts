/** Commands of the configuration as atoms. */
import { definePlugin, ok, type CommandAtoms, type PluginUse } from "@symbiotic-build/engine";
import { z } from "zod";
import { agent } from "./agent.ts";
import { command } from "./command.ts";
import { derived, type WholeAtom } from "./derive.ts";
import { narrowed } from "./narrow.ts";

const base = definePlugin({
  api: 1,
  name: "command",
  from: import.meta.url,
  options: z.undefined().transform(() => null),
  templates: { agent, command },
  // `derive` made them.
  narrow: (params, project) => narrowed(params as unknown as WholeAtom, project),
});

/**
 * The plugin for what the setting `atoms` holds. The atoms are no options: these would be in the key of every task, and an
 * edit of one command would run all others again.
 */
export function plugin(atoms: CommandAtoms = {}): PluginUse {
  const { spec } = base();
  return { spec: { ...spec, derive: ({ globalInputs = [] }) => ok(derived(atoms, globalInputs)) }, options: undefined };
}
