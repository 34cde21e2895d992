import fc from "fast-check";
import { expect, test } from "vitest";
import { ended, journalText, runEntry, started } from "../../test/journal/sample-journal.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { foldJournal } from "./read-journal.ts";

const RUN = "20261121-023107-7c1a";
const TASKS = ["app:build", "app:push", "lib:é\udcff"];
const ENTRIES: readonly JournalEntry[] = [
  runEntry(RUN),
  { type: "plan", tasks: TASKS },
  ...TASKS.flatMap((task) => [started(task), ended(task)]),
  { type: "resumed", by: "20261121-023500-0001" },
];
const WHOLE = Buffer.from(journalText(...ENTRIES));
const SAID = ENTRIES.map((entry) => JSON.stringify(entry));

/** All that a journal tells is something that was written. */
function expectTrue(bytes: Buffer): void {
  const state = foldJournal(bytes.toString("utf8"));
  if (state === undefined) return;
  expect(SAID).toContain(JSON.stringify(state.run));
  for (const entry of state.tasks.values()) expect(SAID).toContain(JSON.stringify(entry));
  expect([[], TASKS]).toContainEqual(state.plan);
  expect([undefined, "20261121-023500-0001"]).toContain(state.resumedBy);
}

test("whatever happens to the bytes of a journal, it tells only what was written", () => {
  const change = fc.tuple(fc.nat(WHOLE.length - 1), fc.uint8Array({ minLength: 1, maxLength: 6 }));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 5 }), fc.nat(WHOLE.length), (changes, end) => {
      const bytes = Buffer.from(WHOLE);
      for (const [at, other] of changes) bytes.set(other.slice(0, bytes.length - at), at);
      expectTrue(bytes.subarray(0, end));
    }),
    { numRuns: 500 },
  );
});

test("lines of a journal that are lost, doubled or out of order tell nothing that was not written", () => {
  const lines = ENTRIES.map((entry) => journalText(entry));
  fc.assert(
    fc.property(fc.array(fc.nat(lines.length - 1), { maxLength: 20 }), (order) => {
      expectTrue(Buffer.from(order.map((at) => lines[at]).join("")));
    }),
    { numRuns: 500 },
  );
});

test("bytes and lines that nobody wrote are no journal", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.string({ maxLength: 80 }).map((text) => Buffer.from(`{"sum":"${text}","entry":{}}\n`)),
      ),
      (bytes) => {
        expect(foldJournal(Buffer.from(bytes).toString("utf8"))).toBeUndefined();
      },
    ),
    { numRuns: 500 },
  );
});
