import type { GateDecided } from "./core/event.ts";
import type { TaskResult } from "./execute/task-result.ts";
import { whyAltered, type GateComparison } from "./gate/comparison.ts";
import type { SecurityCheck } from "./gate/security.ts";
import type { Judge } from "./finding/judge.ts";
import type { Opened } from "./open.ts";

/** By a task's id the fingerprints of what it found at the base; nothing of what was not there. */
export type SevereBefore = ReadonlyMap<string, ReadonlySet<string> | "unknown">;

/** The tasks that look for what is a matter of security; one that has nothing to do in its project is none. */
export function securityTasks(results: readonly TaskResult[]): readonly TaskResult[] {
  return results.filter(({ task, skippedBy }) => task.atom.lane === "security" && skippedBy !== "plugin");
}

/** The fingerprints of a task's errors that gates count; undefined where it left no evidence. */
export function severeOf(result: TaskResult, judge: Judge): readonly string[] | undefined {
  if (result.evidence === undefined) return undefined;
  // By its judge each finding has a fingerprint.
  const counted = judge.judge(result.evidence).filter(({ isKnown }) => !isKnown);
  return counted.flatMap(({ finding, fingerprint }) => (finding.level === "error" ? [fingerprint] : []));
}

/** What the gate of security is decided on. Pure. */
export function securityChecks(
  results: readonly TaskResult[],
  { index, judge, decided, severeBefore, comparison }: SecurityParts,
): readonly SecurityCheck[] {
  return securityTasks(results).map((result) => {
    const { task } = result;
    const own = index.gates.filter(({ gate }) => gate.reads.includes(task.atomId)).map(({ id }) => id);
    const before = severeBefore?.get(task.id);
    const altered = whyAltered([task], comparison);
    return {
      project: task.project.name,
      title: task.atom.title,
      isRequired: decided
        .filter(({ id }) => own.includes(id))
        .some(({ projects }) => projects.some(({ project, required }) => required && project === task.project.name)),
      severe: severeOf(result, judge),
      ...(before === undefined ? {} : { before }),
      ...(altered === undefined ? {} : { altered }),
    };
  });
}

interface SecurityParts extends Pick<Opened, "index" | "judge"> {
  /** The gates that plugins brought. */
  readonly decided: readonly GateDecided[];
  readonly severeBefore?: SevereBefore;
  readonly comparison?: GateComparison;
}
