import type { LockedPackage } from "@symbiotic-build/engine";
import { resolveFrom } from "../paths.ts";
import { mapAt, readBlockYaml, textAt, textsAt, type BlockMap } from "./block-yaml.ts";
import { linkedId, type LockGraph } from "./lock-graph.ts";

const VERSIONS = /^(?:6\.\d+|9\.\d+)$/;
const KINDS = ["dependencies", "devDependencies", "optionalDependencies"] as const;

/** What a `pnpm-lock.yaml` of version 6 or 9 resolves; `undefined` for any other text. */
export function pnpmGraph(text: string): LockGraph | undefined {
  // Before the lock itself may stand what pins pnpm and what configures it: that is everyone's.
  const documents = text.split(/^---[ \t]*\r?\n/m);
  const shared = documents.slice(0, -1).join("").trim();
  const lock = readBlockYaml((documents.at(-1) ?? "").replaceAll("\r", ""));
  if (lock === undefined || !VERSIONS.test(textAt(lock, "lockfileVersion") ?? "")) return undefined;
  const described = mapAt(lock, "packages");
  const snapshots = lock.has("snapshots") ? mapAt(lock, "snapshots") : described;
  const packages = new Map<string, LockedPackage>();
  const keys = new Set(snapshots.keys());
  for (const [key, value] of snapshots) {
    const snapshot = value instanceof Map ? value : undefined;
    packages.set(key, { label: labelOf(key, described), needs: needsOf(snapshot, ".", keys) });
  }
  const importers = new Map<string, LockedPackage["needs"]>();
  for (const [folder, importer] of importersOf(lock)) {
    const own = needsOf(importer, folder, keys);
    importers.set(folder, shared === "" ? own : [...own, ["---", shared]]);
    packages.set(linkedId(folder), { label: linkedId(folder), needs: needsOf(importer, folder, keys, false) });
  }
  return { packages, importers };
}

/** A repository without a workspace had what it needs at the top until version 9. */
function importersOf(lock: BlockMap): [string, BlockMap][] {
  if (!lock.has("importers")) return [[".", lock]];
  return [...mapAt(lock, "importers")].map(([folder, value]) => [folder, value instanceof Map ? value : new Map()]);
}

/** The key names the version, what the package was patched with and whose company it keeps; the rest is where it comes from. */
function labelOf(key: string, described: BlockMap): string {
  const plain = key.indexOf("(");
  const entry = described.get(key) ?? described.get(plain < 0 ? key : key.slice(0, plain));
  if (!(entry instanceof Map)) return key;
  const resolution = textAt(entry, "resolution") ?? textsAt(entry, "resolution");
  return JSON.stringify([key, resolution]);
}

function needsOf(
  from: BlockMap | undefined,
  folder: string,
  keys: ReadonlySet<string>,
  dev = true,
): LockedPackage["needs"] {
  const kinds = dev ? KINDS : KINDS.filter((kind) => kind !== "devDependencies");
  return kinds.flatMap((kind) =>
    versionsIn(from, kind).map(([name, version]) => [name, idOf(name, version, { folder, keys })]),
  );
}

/** In importers each stands with what was asked for, elsewhere it is the version alone. */
function versionsIn(from: BlockMap | undefined, kind: string): [string, string][] {
  const plain = textsAt(from, kind);
  const whole = [...mapAt(from, kind)].flatMap(([name, value]): [string, string][] => {
    const version = value instanceof Map ? textAt(value, "version") : undefined;
    return version === undefined ? [] : [[name, version]];
  });
  return [...plain, ...whole];
}

function idOf(
  name: string,
  version: string,
  { folder, keys }: { readonly folder: string; readonly keys: ReadonlySet<string> },
): string {
  if (version.startsWith("link:")) return linkedId(resolveFrom(folder, version.slice(5)) ?? version);
  const spellings = [`${name}@${version}`, `/${name}@${version}`, version];
  // What is not there is its own label: it says which version it was.
  return spellings.find((spelling) => keys.has(spelling)) ?? `${name}@${version}`;
}
