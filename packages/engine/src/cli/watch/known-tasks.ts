import type { RepoPath } from "../../core/path.ts";
import type { FromCycle } from "./cycle-message.ts";

/** What the runs so far have told of their tasks. */
export interface KnownTasks {
  readonly hear: (message: FromCycle) => void;
  readonly owned: () => readonly RepoPath[];
  readonly literal: () => readonly RepoPath[];
}

/** A run of everything tells of all tasks, one of what a change reaches of some. */
export function createKnownTasks(): KnownTasks {
  let [owned, literal] = [new Set<RepoPath>(), new Set<RepoPath>()];
  return {
    hear(message) {
      if (message.isWhole) [owned, literal] = [new Set(), new Set()];
      for (const path of message.owned) owned.add(path);
      for (const path of message.literal) literal.add(path);
    },
    owned: () => [...owned],
    literal: () => [...literal],
  };
}
