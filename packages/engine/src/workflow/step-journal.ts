import type { JsonValue } from "../core/json.ts";
import { canonicalJson } from "../core/json.ts";
import type { TaskId } from "../core/task-id.ts";
import { sha256 } from "../fingerprint/digest.ts";
import type { Digest } from "../fingerprint/record.ts";
import type { EndedEntry } from "../journal/journal-entry.ts";
import type { Journal } from "../journal/journal.ts";
import type { JournalState } from "../journal/read-journal.ts";
import type { Step, StepEnd } from "../plugin/workflow.ts";

/** What a step is known by in a journal: what it is made of. */
export function stepKey({ id, key }: Pick<Step, "id" | "key">): Digest {
  return sha256(canonicalJson([id, key]));
}

/** How steps of an earlier run ended that need not be done again: what broke or was only begun is not among them. */
export function endedBefore(journal: JournalState): (step: Pick<Step, "id" | "key">) => StepEnd | undefined {
  return (step) => {
    const entry = journal.tasks.get(step.id);
    if (entry?.type !== "ended" || entry.key !== stepKey(step)) return undefined;
    if (entry.status !== "ok" && entry.status !== "failed") return undefined;
    return endOf(entry);
  };
}

/** How a step ended, as its entry tells it. */
export function endOf({ status, summary, evidence, found }: EndedEntry): StepEnd {
  const { reason, ...data } = evidence?.data ?? {};
  const isFound = found === undefined ? {} : { found };
  return { status, summary, ...(typeof reason === "string" ? { reason } : {}), data, ...isFound };
}

/** Writes down that a step begins, and how it ended. */
export function journalStep(
  journal: Journal,
  step: Step,
): { readonly begun: () => boolean; readonly ended: (end: StepEnd, durationMs: number) => void } {
  const task: TaskId = step.id;
  const key = stepKey(step);
  return {
    begun: () => journal.append({ type: "started", task, key }, "durable"),
    ended: ({ status, summary, reason, data, found }, durationMs) => {
      const kept: { readonly [key: string]: JsonValue } = { ...data, ...(reason === undefined ? {} : { reason }) };
      const evidence = { tool: "workflow", data: kept };
      const produced = { evidence: sha256(canonicalJson(evidence)), outputs: sha256("") };
      const ended = {
        type: "ended" as const,
        task,
        key,
        status,
        durationMs,
        summary,
        advisory: false,
        produced,
        evidence,
      };
      journal.append(found === undefined ? ended : { ...ended, found }, "durable");
    },
  };
}
