import { expect, test } from "vitest";
import type { RunEvent, WorkProgressed } from "../core/event.ts";
import { createPlainReporter } from "./plain.ts";
import { progressLine } from "./progress-line.ts";

const progress = (more: Partial<WorkProgressed>): WorkProgressed => ({
  ...{ type: "progress", subject: "M1-02", done: 0, total: 5, usd: 0, isEstimate: false, open: 0, ...more },
});

test.each([
  [progress({}), "M1-02: 0 of 5 done"],
  [progress({ done: 2, usd: 0.344 }), "M1-02: 2 of 5 done · $0.34 so far"],
  [
    progress({ done: 2, usd: 0.3, isEstimate: true, open: 1 }),
    "M1-02: 2 of 5 done · $0.30 (estimate) so far · 1 to mend",
  ],
  [progress({ subject: "a\nb" }), "M1-02: 0 of 5 done".replace("M1-02", "a b")],
])("%j", (event, wanted) => {
  expect(progressLine(event)).toBe(wanted);
});

test("the plain report tells it where something is over or left to mend, and is quiet while only the cost grows", () => {
  let text = "";
  const reporter = createPlainReporter({ write: (_stream, piece) => (text += piece) });
  const events: RunEvent[] = [
    progress({ usd: 0.1 }),
    progress({ usd: 0.2, open: 1 }),
    progress({ usd: 0.3, open: 1 }),
    progress({ usd: 0.4, done: 1 }),
  ];
  for (const [seq, event] of events.entries()) reporter.handle({ v: 1, run: "r", seq, t: seq, event });
  expect(text).toBe("  M1-02: 0 of 5 done · $0.20 so far · 1 to mend\n  M1-02: 1 of 5 done · $0.40 so far\n");
});
