import type { JsonValue, RepoPath } from "@symbiotic-build/engine";

/** The members of a `package.json` that name other packages, in the order in which a reason is looked for. */
export const DEPENDENCY_KINDS = [
  "dependencies",
  "devDependencies",
  "peerDependencies",
  "optionalDependencies",
] as const;

/** A package that a manifest names. */
export interface Dependency {
  readonly kind: (typeof DEPENDENCY_KINDS)[number];
  readonly name: string;
  /** As written: `^1.2.0`, `workspace:*`, `file:../core`. */
  readonly range: string;
}

/** What one `package.json` says, as far as anything here asks. */
export interface Manifest {
  readonly path: RepoPath;
  /** Its folder. */
  readonly root: RepoPath;
  readonly name?: string;
  readonly version?: string;
  /** By name, in the order of the file. */
  readonly scripts: ReadonlyMap<string, string>;
  readonly dependencies: readonly Dependency[];
  /** Globs of the workspace's packages; absent where it declares no workspace. */
  readonly workspaces?: readonly string[];
  /** `pnpm@10.2.0`. */
  readonly packageManager?: string;
  /** Values that scripts see as `npm_package_config_<name>`. */
  readonly config: Readonly<Record<string, string>>;
  /** All of its members, as they stand there. */
  readonly members: Readonly<Record<string, JsonValue>>;
}
