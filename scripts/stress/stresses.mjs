import { crowd } from "./crowd.mjs";
import { damage } from "./damage.mjs";
import { edit } from "./edit.mjs";
import { graph } from "./graph.mjs";
import { issues } from "./issues.mjs";
import { kill } from "./kill.mjs";
import { redact } from "./redact.mjs";
import { performance } from "./performance.mjs";

/**
 * Does what a user, a machine or a disk may do, in an order that the seed alone decides; throws where anything is wrong.
 * What it gives is counted where it is not the same each time.
 * @typedef {(random: import("./random.mjs").Random, seed: number) => Promise<string | void>} Stress
 */

/** All stresses, with what each of them holds. @type {Readonly<Record<string, { readonly stress: Stress, readonly holds: string }>>} */
export const STRESSES = {
  kill: {
    stress: kill,
    holds:
      "SIGINT, SIGTERM or SIGKILL at a random moment leaves no process, no stale lock and no poisoned record, and the next run is right.",
  },
  crowd: {
    stress: crowd,
    holds:
      "Two to eight processes at once, in one work tree or two that share a cache, compute nothing twice under one key, and nothing is corrupt.",
  },
  damage: {
    stress: damage,
    holds:
      "Whatever happens to files of the cache, snapshots, history and journals, no wrong result is served, and the next run is right.",
  },
  edit: {
    stress: edit,
    holds:
      "After any edits of inputs, outputs and configuration, between runs and during them, a run gives what a run without any cache gives.",
  },
  graph: {
    stress: graph,
    holds:
      "After any edits, commits and renames, a run with --affected plans what one plans that knows of no run before it, and says the same reasons.",
  },
  issues: {
    stress: issues,
    holds:
      "SIGINT, SIGTERM or SIGKILL at random moments of the loop over issues, with real agents, git and work trees: gone on with, it comes to the same end, with no commit twice and no work tree, lease, lock or process left.",
  },
  performance: {
    stress: performance,
    holds:
      "A benchmark that takes as long as at the base does not fail the gate of performance, one that takes 20 % longer does not pass it.",
  },
  redact: {
    stress: redact,
    holds:
      "Of a log with secrets of every kind, cut at each place into pieces, of characters and of bytes, no secret is left, and it is what the whole log gives.",
  },
};
