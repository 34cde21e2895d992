import type { RepoPath } from "../core/path.ts";
import type { Digest } from "../fingerprint/files/hash-file.ts";
import type { Derived } from "../plugin/derived.ts";
import type { Project } from "../plugin/project.ts";
import type { SeenTree } from "../snapshot/look-at-tree.ts";
import type { KnownFacts } from "../workspace/facts.ts";
import type { ProjectEdge } from "../workspace/workspace.ts";
import type { Reach } from "./reach.ts";

/**
 * The project graph of a command line, kept from one run to the next, and what must be as it was for it to be the same.
 * Why it has this shape: docs/decisions/0016-kept-graph.md.
 */
export interface KeptGraph extends SeenTree {
  /** What is there and not in the index, and the reverse. */
  readonly names: Digest;
}

/** What the files, the configuration and the plugins made of a repository. Only data: read when all else has been looked at. */
export interface RepositoryShape {
  /** By name, in order. */
  readonly projects: readonly Project[];
  readonly edges: readonly ProjectEdge[];
  /** By the names of projects, their files; under the empty name those that are in none. */
  readonly files: readonly (readonly [project: string, paths: string])[];
  readonly untracked: readonly RepoPath[];
  /** What plugins derived, by the plugin's name. */
  readonly derived: readonly (readonly [plugin: string, derived: Derived])[];
  /** The names of the plugins that somebody asked for. */
  readonly brought: readonly string[];
  /** What plugins read of projects; where it is not there, it is read when somebody asks. */
  readonly facts: readonly KnownFacts[];
}

/** The same with what tells whom a change can reach. */
export interface GraphShape extends RepositoryShape {
  /** How many tasks the command line means. */
  readonly tasks: number;
  readonly reach: Reach;
}
