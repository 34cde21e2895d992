import type { RepoPath } from "@symbiotic-build/engine";
import type { Reference } from "../issue.ts";
import type { Placed } from "../text/place.ts";

/** What a milestone document says: how it is called, and its issues in order. */
export interface Milestone {
  readonly path: RepoPath;
  /** What issues may call it: its id, its title, the name of its file. */
  readonly names: readonly string[];
  readonly title: string;
  /** The issues of its Issue Map, from the first to the last. */
  readonly map: readonly Placed<Reference>[];
}
