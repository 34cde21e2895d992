import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyEnvelopes } from "../../test/report/arbitrary-events.ts";
import type { Envelope } from "../core/event.ts";
import { createGithubReporter } from "./github.ts";
import { createPlainReporter } from "./plain.ts";
import type { OutputLogs, Reporter, Write } from "./reporter.ts";
import { createSummaryReporter } from "./summary-reporter.ts";
import { createTerminalReporter } from "./terminal.ts";

const outputLogs = fc.constantFrom<OutputLogs>("full", "new-only", "failed", "none");
// This is what must not be there
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

function written(create: (write: Write) => Reporter, all: readonly Envelope[]): string {
  let text = "";
  const reporter = create((_stream, piece) => (text += piece));
  for (const envelope of all) reporter.handle(envelope);
  reporter.close();
  return text;
}

test("whatever the events and the text in them, the plain report is plain lines", () => {
  fc.assert(
    fc.property(anyEnvelopes, outputLogs, (all, mode) => {
      const text = written((write) => createPlainReporter({ write, outputLogs: mode }), all);
      expect(text).not.toMatch(CONTROL);
      expect(text === "" || text.endsWith("\n")).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("whatever the events and the text in them, colour is all that the coloured report adds", () => {
  fc.assert(
    fc.property(anyEnvelopes, outputLogs, (all, mode) => {
      const coloured = written((write) => createPlainReporter({ write, outputLogs: mode, colour: true }), all);
      // The only sequences that may be there
      expect(coloured.replace(/\u001b\[[0-9;:]*m/g, "")).not.toMatch(CONTROL);
    }),
    { numRuns: 300 },
  );
});

test("whatever the events and the text in them, GitHub is made to obey only what we say", () => {
  let tokens = 0;
  fc.assert(
    fc.property(anyEnvelopes, outputLogs, (all, mode) => {
      const stopToken = (): string => `token${String((tokens += 1))}`;
      const text = written((write) => createGithubReporter({ write, outputLogs: mode, colour: false, stopToken }), all);
      expect(text).not.toMatch(CONTROL);
      for (const name of obeyed(text))
        expect(["group", "endgroup", "error", "warning", "notice", "stop-commands"]).toContain(name);
    }),
    { numRuns: 300 },
  );
});

/** The names of the commands that the runner would obey, as it reads a log: by line, in the new form or the old one. */
function obeyed(text: string): string[] {
  let stop: string | undefined;
  return text.split(/\r\n|\r|\n/).flatMap((line) => {
    const [, name, data] =
      /^::([^: ]+)(?: [^:]*)?::(.*)$/.exec(line.trim()) ?? /##\[([^\] ;]+)[^\]]*\](.*)$/.exec(line) ?? [];
    if (name === undefined || (stop !== undefined && name !== stop)) return [];
    const isResumed = name === stop;
    stop = name === "stop-commands" ? data : undefined;
    return isResumed ? [] : [name];
  });
}

test("whatever the events, the terminal reporter ends with its timer stopped and the cursor shown", () => {
  const size = fc.record({ columns: fc.nat(120), rows: fc.nat(40) });
  fc.assert(
    fc.property(anyEnvelopes, outputLogs, size, (all, mode, dimensions) => {
      let timers = 0;
      const every = (): (() => void) => {
        timers += 1;
        return () => (timers -= 1);
      };
      const settings = { colour: true, size: () => dimensions, now: () => 0, every, outputLogs: mode };
      const text = written((write) => createTerminalReporter({ write, ...settings }), all);
      expect(timers).toBe(0);
      expect(text.lastIndexOf("\u001b[?25h")).toBeGreaterThanOrEqual(text.lastIndexOf("\u001b[?25l"));
      expect(stripVTControlCharacters(text).replaceAll("\r", "")).not.toMatch(CONTROL);
    }),
    { numRuns: 300 },
  );
});

test("whatever the events, there is one summary and it is JSON", () => {
  fc.assert(
    fc.property(anyEnvelopes, (all) => {
      expect(() => void JSON.parse(written((write) => createSummaryReporter({ write }), all))).not.toThrow();
    }),
  );
});
