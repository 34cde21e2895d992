import { closureDigests, type LockedPackage } from "@symbiotic-build/engine";

/** What a lockfile resolves. */
export interface LockGraph {
  /** By an id that only means something within the lockfile. */
  readonly packages: ReadonlyMap<string, LockedPackage>;
  /** What each package of the workspace needs, by its folder relative to the lockfile's; `.` is the lockfile's own. */
  readonly importers: ReadonlyMap<string, LockedPackage["needs"]>;
}

/** What a lockfile resolves for each package of a workspace, as a digest by its folder relative to the lockfile's. */
export type Resolved = ReadonlyMap<string, string>;

/**
 * Digests what each package needs together with what the workspace's root needs: tools are installed there for all, and
 * modules are found there from everywhere.
 */
export function resolvedOf({ packages, importers }: LockGraph): Resolved {
  const digest = closureDigests(packages);
  const root = importers.get(".") ?? [];
  return new Map(
    [...importers].map(([folder, needs]) => {
      const all = folder === "." ? needs : [...needs, ...root.map(([name, id]) => [`/${name}`, id] as const)];
      return [folder, digest(all)];
    }),
  );
}

/** The id of a package of the workspace as others need it: without what only its own development needs. */
export function linkedId(folder: string): string {
  return `workspace ${folder}`;
}
