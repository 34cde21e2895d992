import type { RepoPath } from "../core/path.ts";
import type { EnvironmentCandidate } from "./tool.ts";

/**
 * A file and what is in it. Paths are relative to the repository root. Within a run the same file is the same object, so
 * what a plugin reads out of it can be kept in a `WeakMap`.
 */
export interface SourceText {
  readonly path: RepoPath;
  readonly text: string;
}

/** A folder with a manifest, or the repository root. */
export interface Project {
  /** Unique in the repository. */
  readonly name: string;
  readonly root: RepoPath;
  /** The manifests that it was found by. */
  readonly manifests: readonly RepoPath[];
  /** The names of the projects it depends on. */
  readonly dependsOn: readonly string[];
  /** Words to select by: `python`, `uv`. */
  readonly tags: readonly string[];
  /** Folders of other projects inside this one; their files belong to them. */
  readonly nested: readonly RepoPath[];
  /** Where its tools may be installed, most trusted first. */
  readonly environments: readonly EnvironmentCandidate[];
  /**
   * What its environments are made from beside its manifests, whether it exists or not: lockfiles, from its folder up to
   * the repository root. A change of one affects the tasks whose tools are in such an environment.
   */
  readonly locks?: readonly RepoPath[];
  /**
   * What a lockfile resolves for this project alone, as a digest, by the lock's path: a change of such a lock affects the
   * projects whose digest it changes. A lock that has none here affects every project that it serves.
   */
  readonly resolved?: Readonly<Record<RepoPath, string>>;
}

/** A project as discovery gives it; the engine adds `nested`, makes names unique and drops edges to nowhere. */
export type FoundProject = Omit<Project, "nested" | "dependsOn"> & {
  readonly dependsOn: readonly { readonly root: RepoPath; readonly because: string }[];
};
