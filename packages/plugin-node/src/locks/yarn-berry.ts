import type { LockedPackage } from "@symbiotic-build/engine";
import { mapAt, readBlockYaml, textAt, textsAt, type BlockMap } from "./block-yaml.ts";
import { linkedId, type LockGraph } from "./lock-graph.ts";

/** What a `yarn.lock` of Yarn 2 and later resolves; `undefined` for any other text. */
export function berryGraph(text: string): LockGraph | undefined {
  if (!text.includes("__metadata:")) return undefined;
  const lock = readBlockYaml(text.replaceAll("\r", ""));
  const version = Number(textAt(mapAt(lock, "__metadata"), "version"));
  if (lock === undefined || !(version >= 4 && version <= 10)) return undefined;
  const entries = entriesOf(lock);
  const find = finder(entries);
  const packages = new Map<string, LockedPackage>();
  const importers = new Map<string, LockedPackage["needs"]>();
  for (const { resolution, value } of entries) {
    const needs = ["dependencies", "optionalDependencies"].flatMap((kind) =>
      textsAt(value, kind).flatMap(([name, range]) => find(name, range).map((id) => [name, id] as const)),
    );
    const folder = /@workspace:(.*)$/.exec(resolution)?.[1];
    if (folder !== undefined) importers.set(folder, needs);
    const own = [resolution, textAt(value, "checksum"), textAt(value, "conditions")];
    packages.set(
      resolution,
      folder === undefined ? { label: JSON.stringify(own), needs } : { label: linkedId(folder), needs },
    );
  }
  return importers.size === 0 ? undefined : { packages, importers };
}

interface Entry {
  /** What was asked for: `is-odd@npm:^3.0.0`. */
  readonly descriptors: readonly string[];
  /** What it came to: `is-odd@npm:3.0.1`. */
  readonly resolution: string;
  readonly value: BlockMap;
}

function entriesOf(lock: BlockMap): Entry[] {
  return [...lock].flatMap(([key, value]) => {
    const resolution = value instanceof Map ? textAt(value, "resolution") : undefined;
    if (!(value instanceof Map) || resolution === undefined) return [];
    return [{ descriptors: key.split(", "), resolution, value }];
  });
}

/** Finds what a range came to. Where a resolution was forced another range stands there: then all of that name count. */
function finder(entries: readonly Entry[]): (name: string, range: string) => readonly string[] {
  const exact = new Map<string, string>();
  const named = new Map<string, string[]>();
  for (const { descriptors, resolution } of entries) {
    for (const descriptor of descriptors) exact.set(descriptor, resolution);
    const name = nameOf(resolution);
    const all = named.get(name);
    if (all === undefined) named.set(name, [resolution]);
    else all.push(resolution);
  }
  return (name, range) => {
    const found = exact.get(`${name}@${range}`) ?? exact.get(`${name}@npm:${range}`);
    if (found !== undefined) return [found];
    return named.get(name) ?? [`${name}@${range}`];
  };
}

function nameOf(resolution: string): string {
  return resolution.slice(0, resolution.indexOf("@", 1));
}
