import type { Diagnostic } from "../core/diagnostic.ts";
import type { AuditMark, RunFinished, TaskCounts } from "../core/event.ts";
import type { GateDecided } from "../core/event.ts";
import type { Result } from "../core/result.ts";
import { EXIT } from "../core/status.ts";
import { gatesPass } from "../gate/decide.ts";
import type { OwnedGate } from "../graph/atom-index.ts";
import type { TaskResult } from "./task-result.ts";

/** A run that is over, as far as its end is made of it. */
export interface Ending {
  readonly results: readonly TaskResult[];
  readonly gates: readonly OwnedGate[];
  readonly decided: readonly GateDecided[];
  readonly durationMs: number;
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Why nothing was selected, if nothing was. */
  readonly nothing: string;
  /** Where the audit log stands, where agents were asked; an error where it could not be closed. */
  readonly audit: Result<AuditMark | undefined, Diagnostic>;
}

/** The last event of a run, with its exit code. */
export function runFinished(ending: Ending): RunFinished {
  const { results, signal, audit } = ending;
  const interrupted = signal.aborted ? (signal.reason === "SIGTERM" ? "SIGTERM" : "SIGINT") : undefined;
  return {
    type: "run-finished",
    exitCode: exitCode(ending, interrupted),
    durationMs: Math.round(ending.durationMs),
    savedMs: Math.round(results.reduce((sum, { savedMs }) => sum + savedMs, 0)),
    tasks: countTasks(results),
    directory: ending.folder,
    ...(results.length === 0 ? { nothing: ending.nothing } : {}),
    ...(interrupted === undefined ? {} : { interrupted }),
    ...(audit.ok && audit.value !== undefined ? { audit: audit.value } : {}),
  };
}

function exitCode({ results, gates, decided, audit }: Ending, interrupted: RunFinished["interrupted"]): number {
  if (interrupted === "SIGTERM") return EXIT.terminated;
  if (interrupted === "SIGINT") return EXIT.interrupted;
  // Where a gate reads a task's evidence, the gate says what its failure means.
  const gated = new Set(gates.flatMap(({ gate }) => gate.reads));
  const passed = results.every(({ status, task, skippedBy }) => {
    if (status === "skipped") return skippedBy !== "dependency" && skippedBy !== "stop";
    return status === "ok" || (status === "failed" && gated.has(task.atomId));
  });
  return passed && audit.ok && gatesPass(decided) ? EXIT.passed : EXIT.failed;
}

function countTasks(results: readonly TaskResult[]): TaskCounts {
  const count = (status: TaskResult["status"]): number => results.filter((result) => result.status === status).length;
  const cached = results.filter(({ cache }) => cache === "hit").length;
  const resumed = results.filter((result) => result.resumed).length;
  const flaky = results.filter((result) => result.flaky).length;
  return {
    total: results.length,
    ok: count("ok"),
    failed: count("failed"),
    broken: count("broken"),
    skipped: count("skipped"),
    cached,
    ...(resumed > 0 ? { resumed } : {}),
    ...(flaky > 0 ? { flaky } : {}),
  };
}
