import * as z from "zod";
import type { PluginSpec } from "../plugin/contract.ts";
import type { AskHook } from "./ask-hooks.ts";
import type { Described, Members, NamedMembers } from "./describe.ts";

/** A definition that has the plugin's data, and in the place of each of its functions one that asks for the answer. */
export function standIn({ own, parts, lists }: Described, ask: AskHook): PluginSpec {
  const each = (named: NamedMembers, path: readonly string[]): object =>
    Object.fromEntries(Object.entries(named).map(([name, members]) => [name, asking(members, [...path, name], ask)]));
  const spec = {
    ...asking(own, [], ask),
    // They are parsed where the plugin is.
    options: z.unknown(),
    ...each(parts, []),
    ...Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, each(list, [name])])),
  };
  // It was a plugin's definition before it was taken apart.
  return spec as unknown as PluginSpec;
}

function asking({ data, hooks }: Members, path: readonly string[], ask: AskHook): object {
  const stands = hooks.map((name) => [name, (...args: readonly unknown[]) => ask([...path, name], args)] as const);
  return { ...data, ...Object.fromEntries(stands) };
}
