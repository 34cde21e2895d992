import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Envelope, RunEvent } from "@symbiotic-build/engine";
import type { TestRepository } from "./repository.ts";

/** The facts of a run's summary, as far as the tests look at them. */
export interface Summary {
  readonly exitCode: number;
  readonly interrupted: string | null;
  readonly counts: Readonly<Record<"total" | "ok" | "failed" | "broken" | "skipped" | "cached", number>> & {
    readonly flaky?: number;
  };
  readonly tasks: readonly {
    readonly id: string;
    readonly status: string;
    readonly cache: string;
    readonly summary: string;
    readonly reason: string | null;
    readonly attempts: number;
    readonly flaky: boolean;
    readonly missed: string | null;
    readonly log?: string | null;
    readonly diagnostics: readonly { readonly code: string; readonly message: string }[];
  }[];
  readonly findings: readonly object[];
  readonly tests: readonly object[];
  readonly gates: readonly {
    readonly id: string;
    readonly gate: string;
    readonly measured: string;
    readonly verdict: string;
    readonly required: boolean;
    readonly note: string | null;
  }[];
}

/** The summary of the newest run, or of the one at an index. */
export function summaryOf(repository: TestRepository, index = -1): Summary {
  return JSON.parse(readFileSync(join(repository.runs().at(index) ?? "", "summary.json"), "utf8")) as Summary;
}

/** The events of the newest run, or of the one at an index. */
export function eventsOf(repository: TestRepository, index = -1): Envelope[] {
  const text = readFileSync(join(repository.runs().at(index) ?? "", "events.jsonl"), "utf8");
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Envelope);
}

/** Those events that are of one type. */
export function eventsOfType<T extends RunEvent["type"]>(
  events: readonly Envelope[],
  type: T,
): Extract<RunEvent, { type: T }>[] {
  return events.flatMap(({ event }) => (event.type === type ? [event as Extract<RunEvent, { type: T }>] : []));
}

/** How each task of the newest run ended: `ok hit`, `failed miss`, by task id. */
export function outcomes(repository: TestRepository): Record<string, string> {
  return Object.fromEntries(summaryOf(repository).tasks.map(({ id, status, cache }) => [id, `${status} ${cache}`]));
}
