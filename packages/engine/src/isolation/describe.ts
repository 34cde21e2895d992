import type { JsonValue } from "../core/json.ts";
import type { PluginSpec } from "../plugin/contract.ts";
import { isPlain } from "../plugin/load.ts";
import { toJson } from "./to-json.ts";

/** A definition as data: what is in it, which of its members are functions, and which are definitions themselves. */
export interface Members {
  readonly data: Readonly<Record<string, JsonValue>>;
  readonly hooks: readonly string[];
  readonly inner: Readonly<Record<string, Members>>;
}

/** A plugin as data; its options are parsed where it is. */
export interface Described {
  readonly name: string;
  readonly own: Members;
}

/** Describes a plugin. Throws for what is neither a function nor JSON. */
export function describe(spec: PluginSpec): Described {
  const own = Object.fromEntries(Object.entries(spec).filter(([name]) => name !== "options"));
  return { name: spec.name, own: membersOf(own) };
}

function membersOf(definition: object): Members {
  const data: Record<string, JsonValue> = {};
  const hooks: string[] = [];
  const inner: Record<string, Members> = {};
  for (const [name, value] of Object.entries(definition) as [string, unknown][]) {
    if (typeof value === "function") hooks.push(name);
    else if (isDefinition(value)) inner[name] = membersOf(value);
    else if (value !== undefined) data[name] = toJson(value);
  }
  return { data, hooks, inner };
}

/** Whether it is an object that holds more than data, as an atom does, or the list of atoms. */
function isDefinition(value: unknown): value is object {
  if (typeof value !== "object" || value === null || isPlain(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
