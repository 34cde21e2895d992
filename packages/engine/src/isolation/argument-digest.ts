import { createHash } from "node:crypto";
import { canonicalJson } from "../core/json.ts";

/** What hooks are given does not change, and much of it is given again and again: each object is digested once. */
const known = new WeakMap<object, string>();

/** sha256 of a text. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** A text that is equal for equal arguments of a hook and differs for others. `leftOut`: members of the first that do not count. */
export function argumentsText(args: readonly unknown[], leftOut: readonly string[]): string {
  return args.map((argument, at) => (at === 0 ? contextText(argument, leftOut) : valueText(argument))).join("\n");
}

function contextText(context: unknown, leftOut: readonly string[]): string {
  if (typeof context !== "object" || context === null || Array.isArray(context)) return valueText(context);
  const names = Object.keys(context).filter((name) => !leftOut.includes(name));
  const members = context as Readonly<Record<string, unknown>>;
  return names
    .sort()
    .filter((name) => members[name] !== undefined)
    .map((name) => `${JSON.stringify(name)}:${valueText(members[name])}`)
    .join(",");
}

/** A list of objects is digested object by object: the same ones come back in other lists. */
export function valueText(value: unknown): string {
  if (typeof value !== "object" || value === null) return value === undefined ? "undefined" : canonicalJson(value);
  const digest = known.get(value) ?? (isListOfObjects(value) ? listDigest(value) : sha256(canonicalJson(value)));
  known.set(value, digest);
  return digest;
}

function isListOfObjects(value: object): value is readonly object[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "object" && item !== null);
}

function listDigest(list: readonly object[]): string {
  return sha256(`list:${list.map(valueText).join(",")}`);
}
