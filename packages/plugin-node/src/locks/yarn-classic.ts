import type { LockedPackage } from "@symbiotic-build/engine";
import type { Dependency, Manifest } from "../manifest/manifest.ts";
import { linkedId, type LockGraph } from "./lock-graph.ts";

/** What a `yarn.lock` of Yarn 1 holds: what each range came to. Who asked for it, it does not say. */
export interface ClassicLock {
  /** By what was asked for: `is-odd@^3.0.0`. The ranges that came to one package share it. */
  readonly entries: ReadonlyMap<string, ClassicEntry>;
}

interface ClassicEntry {
  readonly id: string;
  readonly label: string;
  readonly needs: readonly (readonly [name: string, range: string])[];
}

/** Reads a `yarn.lock` of Yarn 1; `undefined` for any other text. */
export function readClassicLock(text: string): ClassicLock | undefined {
  if (!/^# yarn lockfile v1\r?$/m.test(text)) return undefined;
  const entries = new Map<string, ClassicEntry>();
  for (const block of text.replaceAll("\r", "").split(/\n(?=[^\s#])/)) {
    const [head = "", ...lines] = block.split("\n").filter((line) => line.trim() !== "" && !/^\s*#/.test(line));
    if (head === "") continue;
    if (!head.endsWith(":")) return undefined;
    const asked = head.slice(0, -1).split(", ").map(unquoted);
    const entry = entryOf(asked[0] ?? "", lines);
    for (const one of asked) entries.set(one, entry);
  }
  return { entries };
}

/** What the packages of a workspace resolve. `folders`: their manifests by folder, relative to the lock's. */
export function classicGraph({ entries }: ClassicLock, folders: ReadonlyMap<string, Manifest>): LockGraph {
  const named = Map.groupBy(new Set(entries.values()), ({ id }) => nameOf(id));
  const own = new Map(
    [...folders].flatMap(([folder, { name }]) => (name === undefined ? [] : [[name, folder] as const])),
  );
  const idsOf = (name: string, range: string): readonly string[] => {
    const exact = entries.get(`${name}@${range}`);
    if (exact !== undefined) return [exact.id];
    const folder = own.get(name);
    if (folder !== undefined) return [linkedId(folder)];
    // Where a resolution was forced another range stands there: then all of that name count.
    return (named.get(name) ?? []).map(({ id }) => id);
  };
  const needsOf = (asked: readonly (readonly [string, string])[]): LockedPackage["needs"] =>
    asked.flatMap(([name, range]) => idsOf(name, range).map((id) => [name, id] as const));
  const packages = new Map<string, LockedPackage>();
  for (const { id, label, needs } of entries.values()) packages.set(id, { label, needs: needsOf(needs) });
  const importers = new Map<string, LockedPackage["needs"]>();
  for (const [folder, { dependencies }] of folders) {
    const runs = dependencies.filter(({ kind }) => kind !== "devDependencies");
    packages.set(linkedId(folder), { label: linkedId(folder), needs: needsOf(runs.map(pairOf)) });
    importers.set(folder, needsOf(dependencies.map(pairOf)));
  }
  return { packages, importers };
}

function pairOf({ name, range }: Dependency): readonly [string, string] {
  return [name, range];
}

function entryOf(id: string, lines: readonly string[]): ClassicEntry {
  const own: string[] = [];
  const needs: [string, string][] = [];
  for (const line of lines) {
    const [, indent = "", key = "", value = ""] = /^( +)("[^"]*"|\S+?):?(?: (.*))?$/.exec(line) ?? [];
    if (indent.length > 2) needs.push([unquoted(key), unquoted(value)]);
    else if (value !== "") own.push(`${key} ${value}`);
  }
  return { id, label: `${nameOf(id)} ${own.join(" ")}`, needs };
}

function unquoted(text: string): string {
  return text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

function nameOf(asked: string): string {
  return asked.slice(0, asked.indexOf("@", 1));
}
