import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { openLog } from "../execute/log-writer.ts";
import type { LineBlocks } from "../execute/line-blocks.ts";
import type { AgentEvent } from "../plugin/agent.ts";
import type { JsonValue } from "../core/json.ts";
import type { Redactor } from "../redact/redact.ts";

/** So many bytes of events are kept: what comes after them is in the log of what was printed, and its end is in the result. */
const MOST = 16 * 1024 * 1024;

/**
 * What is kept of an agent's work, all of it redacted and readable by this user alone: `session.log` (what its processes
 * printed), `events.jsonl` (what that meant), `prompt.txt` and `result.json`.
 */
export interface SessionLog {
  /** Where the bytes of a process's stream go. */
  open(stream: "stdout" | "stderr"): LineBlocks;
  event(event: AgentEvent, at: number): void;
  file(name: string, text: string): void;
  close(): void;
}

/** Makes the folder and opens the log; throws what the file system throws. */
export function openSessionLog(folder: string, redactor: Redactor): SessionLog {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const redact = { stdout: redactor.lines(), stderr: redactor.lines() };
  const log = openLog(join(folder, "session.log"), redact, () => undefined);
  const events = openSync(join(folder, "events.jsonl"), "w", 0o600);
  let size = 0;
  return {
    open: (stream) => log.open(stream),
    event(event, at) {
      const line = `${JSON.stringify({ t: at, ...event })}\n`;
      size += line.length;
      if (size <= MOST) writeSync(events, line);
    },
    file(name, text) {
      writeFileSync(join(folder, name), text, { mode: 0o600 });
    },
    close() {
      log.close();
      closeSync(events);
    },
  };
}

/** An event as it may be shown. */
export function shown(event: AgentEvent, redactor: Redactor): AgentEvent {
  return redactor.deep(event as unknown as JsonValue & AgentEvent);
}
