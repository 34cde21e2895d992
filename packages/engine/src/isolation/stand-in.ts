import * as z from "zod";
import type { PluginSpec } from "../plugin/contract.ts";
import type { AskHook } from "./ask-hooks.ts";
import type { Described, Members } from "./describe.ts";

/** A definition that has the plugin's data, and in the place of each of its functions one that asks for the answer. */
export function standIn({ own }: Described, ask: AskHook): PluginSpec {
  // It was a plugin's definition before it was taken apart. Its options are parsed where the plugin is.
  return { ...asking(own, [], ask), options: z.unknown() } as unknown as PluginSpec;
}

function asking({ data, hooks, inner }: Members, path: readonly string[], ask: AskHook): object {
  return {
    ...data,
    ...Object.fromEntries(hooks.map((name) => [name, (...args: readonly unknown[]) => ask([...path, name], args)])),
    ...Object.fromEntries(Object.entries(inner).map(([name, each]) => [name, asking(each, [...path, name], ask)])),
  };
}
