import { isInside, joinRepo, parentOf, relativeTo, type RepoPath, type SourceText } from "@symbiotic-build/engine";
import type { Manifest } from "../manifest/manifest.ts";
import { baseName } from "../paths.ts";
import { berryGraph } from "./yarn-berry.ts";
import { bunGraph } from "./bun.ts";
import { resolvedOf, type LockGraph, type Resolved } from "./lock-graph.ts";
import { npmGraph } from "./npm.ts";
import { pnpmGraph } from "./pnpm.ts";
import { classicGraph, readClassicLock, type ClassicLock } from "./yarn-classic.ts";

/** Reads a text once, as long as it is the same object. */
function remembered<T>(read: (text: string) => T): (file: SourceText) => T {
  const known = new WeakMap<SourceText, { readonly value: T }>();
  return (file) => {
    const made = known.get(file) ?? { value: read(file.text) };
    known.set(file, made);
    return made.value;
  };
}

function digested(graph: (text: string) => LockGraph | undefined): (file: SourceText) => Resolved | undefined {
  return remembered((text) => {
    const made = graph(text);
    return made === undefined ? undefined : resolvedOf(made);
  });
}

const READERS: Readonly<Record<string, (file: SourceText) => Resolved | undefined>> = {
  "pnpm-lock.yaml": digested(pnpmGraph),
  "package-lock.json": digested(npmGraph),
  "npm-shrinkwrap.json": digested(npmGraph),
  "bun.lock": digested(bunGraph),
};

const readClassic: (file: SourceText) => ClassicLock | undefined = remembered(readClassicLock);
const readBerry: (file: SourceText) => Resolved | undefined = digested(berryGraph);

/** Gives what each of these locks resolves for the package in a folder, by the lock's path; a lock that does not say it is left out. */
export type ResolvedBy = (folder: RepoPath, locks: readonly RepoPath[]) => Readonly<Record<RepoPath, string>>;

/** Reads the lockfiles among these files, each when it is first asked about. */
export function resolveLocks(files: readonly SourceText[], manifests: readonly Manifest[]): ResolvedBy {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const known = new Map<RepoPath, Resolved | undefined>();
  const read = (path: RepoPath): Resolved | undefined => {
    const file = byPath.get(path);
    if (file === undefined) return undefined;
    if (!known.has(path)) known.set(path, readLock(file, manifests));
    return known.get(path);
  };
  return (folder, locks) => {
    const found: Record<RepoPath, string> = {};
    for (const path of locks) {
      const at = parentOf(path);
      const digest = isInside(at, folder) ? read(path)?.get(relativeTo(at, folder)) : undefined;
      if (digest !== undefined) found[path] = digest;
    }
    return found;
  };
}

function readLock(file: SourceText, manifests: readonly Manifest[]): Resolved | undefined {
  const name = baseName(file.path);
  if (name !== "yarn.lock") return READERS[name]?.(file);
  const classic = readClassic(file);
  if (classic === undefined) return readBerry(file);
  const at = joinRepo(parentOf(file.path), "");
  const inside = manifests.filter(({ root }) => isInside(at, root));
  return resolvedOf(
    classicGraph(classic, new Map(inside.map((manifest) => [relativeTo(at, manifest.root), manifest]))),
  );
}
