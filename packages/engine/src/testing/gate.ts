import type { GateDecided } from "../core/event.ts";
import type { Outcome } from "../plugin/atom.ts";
import { decideGates, type SettledTask } from "../gate/decide.ts";
import type { AtomIndex, OwnedGate } from "../graph/atom-index.ts";
import { taskOf } from "./atom.ts";
import type { Place } from "./place.ts";

/** What the configuration and the run add to a gate. */
export interface GateMore {
  /** As `gates.<id>.threshold` in a configuration. */
  readonly threshold?: number;
  /** As `gates.<id>.required` in a configuration. */
  readonly required?: boolean;
  /** That the outcomes are those of a stand-in for the project's own tool. */
  readonly advisory?: boolean;
}

/** A gate, asked about one project. */
export interface TestedGate {
  readonly reads: readonly string[];
  /**
   * The engine's verdict from how the tasks ended, by atom id; a text is the reason why a task was skipped. A project
   * without evidence holds, as in a run.
   */
  decide(ended: Readonly<Record<string, Outcome | string>>, more?: GateMore): GateDecided;
}

/** The gate over outcomes that a test makes up or got from `parse` or `run`. */
export function testedGate(owned: OwnedGate, index: AtomIndex, place: Place): TestedGate {
  return {
    reads: owned.gate.reads,
    decide(ended, { threshold, required, advisory = false } = {}) {
      const tasks = Object.entries(ended).map(([name, outcome]) =>
        settledOf(name, outcome, { index, place, advisory }),
      );
      const setting = {
        ...(threshold === undefined ? {} : { threshold }),
        ...(required === undefined ? {} : { required }),
      };
      const [decided] = decideGates([owned], tasks, { settings: { [owned.id]: setting } });
      if (decided === undefined)
        throw new Error(`the gate ${owned.id} is not asked: it reads ${owned.gate.reads.join(", ")}`);
      return decided;
    },
  };
}

interface Beside {
  readonly index: AtomIndex;
  readonly place: Place;
  readonly advisory: boolean;
}

function settledOf(name: string, outcome: Outcome | string, { index, place, advisory }: Beside): SettledTask {
  const owned = index.find(name);
  if (owned === undefined)
    throw new Error(`there is no atom \`${name}\`; there is: ${[...index.atoms.keys()].join(", ")}`);
  const base = { project: place.project.name, atom: owned.id, advisory };
  const settled =
    typeof outcome === "string"
      ? { ...base, status: "skipped" as const, reason: outcome }
      : { ...base, status: outcome.status, evidence: outcome.evidence };
  return { task: taskOf(owned.id, owned.atom, place), settled };
}
