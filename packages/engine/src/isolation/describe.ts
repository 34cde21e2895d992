import type { JsonValue } from "../core/json.ts";
import type { PluginSpec } from "../plugin/contract.ts";
import { toJson } from "./to-json.ts";

/** A definition as data: what is in it, and which of its members are functions. */
export interface Members {
  readonly data: Readonly<Record<string, JsonValue>>;
  readonly hooks: readonly string[];
}

/** Definitions by name. */
export type NamedMembers = Readonly<Record<string, Members>>;

/** A plugin as data. */
export interface Described {
  readonly name: string;
  readonly own: Members;
  /** `discovery` and `inspect`. */
  readonly parts: NamedMembers;
  /** Each atom, template and gate, by the member of the plugin that it is in. */
  readonly lists: Readonly<Record<string, NamedMembers>>;
}

const PARTS = ["discovery", "inspect"] as const;
const LISTS = ["atoms", "templates", "gates"] as const;

/** Describes a plugin. Throws for what is neither a function nor JSON. */
export function describe(spec: PluginSpec): Described {
  const apart: readonly string[] = ["options", ...PARTS, ...LISTS];
  const own = Object.entries(spec).filter(([name]) => !apart.includes(name));
  return {
    name: spec.name,
    own: membersOf(Object.fromEntries(own)),
    parts: Object.fromEntries(present(spec, PARTS).map(([name, part]) => [name, membersOf(part)])),
    lists: Object.fromEntries(present(spec, LISTS).map(([name, list]) => [name, mapped(list)])),
  };
}

function present(
  spec: PluginSpec,
  names: readonly (typeof PARTS | typeof LISTS)[number][],
): (readonly [string, object])[] {
  return names.flatMap((name) => {
    const member = spec[name];
    return typeof member === "object" ? [[name, member] as const] : [];
  });
}

function mapped(list: object): NamedMembers {
  return Object.fromEntries(Object.entries(list).map(([name, each]) => [name, membersOf(each as object)]));
}

function membersOf(definition: object): Members {
  const members = Object.entries(definition).filter(([, value]) => value !== undefined);
  const isHook = ([, value]: readonly [string, unknown]): boolean => typeof value === "function";
  return {
    data: Object.fromEntries(members.filter((member) => !isHook(member)).map(([name, value]) => [name, toJson(value)])),
    hooks: members.filter(isHook).map(([name]) => name),
  };
}
