import type { Envelope } from "../core/event.ts";

/** Turns the events of a run into output. Reporters are the only code that prints. */
export interface Reporter {
  handle(envelope: Envelope): void;
  /** Writes what is still held back and leaves the terminal as it was; called once, also after an interruption. */
  close(): void;
  /** What it writes when all are closed and nobody waits for the output any more. */
  finish?(): Promise<void>;
}

/** Where text goes: facts to stdout; progress, logs and errors to stderr. */
export type StreamName = "stdout" | "stderr";

/** Writes whole lines, in order and without delay. The text ends in a newline, but for the frames of a live region. */
export type Write = (stream: StreamName, text: string) => void;

/**
 * Which logs of tasks are shown. `full`: all, also those of hits; `new-only`: those of tasks that ran; `failed`: the end
 * of a log where a task failed or broke and no finding or test tells why; `none`: none.
 */
export type OutputLogs = "full" | "new-only" | "failed" | "none";

/** What the reporters for people take. */
export interface HumanSettings {
  readonly write: Write;
  readonly outputLogs?: OutputLogs;
  /** How many findings and how many failed tests are printed before the rest is only counted. */
  readonly limit?: number;
}
