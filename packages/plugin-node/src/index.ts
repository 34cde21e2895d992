/** Node packages as projects, and their scripts as atoms. */
import { definePlugin, type PluginUse } from "@symbiotic-build/engine";
import { discovery } from "./discover.ts";
import { options, type NodeOptions, type NodeOptionsInput } from "./options.ts";
import { derive } from "./scripts/derive.ts";
import { narrowed } from "./scripts/narrow.ts";
import type { WholeScript } from "./scripts/params.ts";
import { inspect, type NodeFacts } from "./scripts/facts.ts";
import { runScript } from "./scripts/template.ts";
import type { z } from "zod";

/** Finds the packages of a repository and runs their scripts: `node({ scripts: { build: { outputs: ["dist"] } } })`. */
export const plugin: (options?: NodeOptionsInput) => PluginUse = definePlugin<
  z.ZodType<NodeOptions, NodeOptionsInput>,
  NodeFacts
>({
  api: 1,
  name: "node",
  from: import.meta.url,
  options,
  discovery,
  inspect,
  templates: { run_script: runScript },
  derive,
  // Deriving made them.
  narrow: (params, project) => narrowed(params as unknown as WholeScript, project),
  paramsHoldOptions: true,
});

/** The same, under the name that a configuration reads well with. */
export const node: typeof plugin = plugin;

export type { NodeOptions, NodeOptionsInput, ScriptSettings, ScriptTable } from "./options.ts";
